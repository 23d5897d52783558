/** The main story of the product, with three people, each in a separate browser profile. */
import { expect } from 'vitest';
import type { Person, Sandbox } from '../sandbox/sandbox.ts';
import { SELLER_A, SELLER_B, type Language } from '../world/people.ts';
import { chatWindow, connect, giveRole, NAMES, openCard, openSettings, roleLine } from './crm-steps.ts';
import type { Screen } from './screen.ts';

type Told = Sandbox & { readonly open: (person: Person) => Promise<Screen> };

/** A folder for a picture of each step, for a developer to look at. */
const PICTURES = process.env['PICTURES'];

/** Roles are set and saved, A claims the client, and the chat leaves B. `teller` is part of the pictures' names. */
export async function tellMainStory(stage: Told, language: Language, teller: string): Promise<void> {
  const look = async (screen: Screen, step: string): Promise<void> => {
    if (PICTURES) await screen.screenshot({ path: `${PICTURES}/${teller}-${step}.png` });
  };
  const names = NAMES[language];
  const nameOf = (id: number): string => stage.world.crm.users.get(id)?.name ?? '';

  const admin = await stage.open('office');
  await connect(admin, stage, names);
  await openSettings(admin, names);
  const select = admin.getByRole('button', { name: names.select });
  await select.waitFor();
  await look(admin, 'panel');
  await select.click();
  for (const seller of [SELLER_A, SELLER_B]) {
    await giveRole(admin, nameOf(seller), names.seller);
    const line = await roleLine(admin, nameOf(seller));
    const newClients = line.getByRole('switch', { name: names.newClients });
    expect(await newClients.isChecked()).toBe(true);
  }
  await look(admin, 'dialog');
  await admin.getByRole('dialog', { name: names.dialog }).getByRole('button', { name: names.save }).click();
  await admin.getByText(names.saved).waitFor();

  const client = stage.world.clientWrites();
  const a = await stage.open('seller-a');
  const b = await stage.open('seller-b');
  await openCard(a, client.id);
  await openCard(b, client.id);
  const chatOfA = chatWindow(a, names).getByRole('listitem').filter({ hasText: client.name });
  const chatOfB = chatWindow(b, names).getByRole('listitem').filter({ hasText: client.name });
  await chatOfA.waitFor();
  await chatOfB.waitFor();
  const claim = a.getByRole('button', { name: names.claim });
  await claim.waitFor();
  await look(a, 'card');

  await claim.click();
  await a.getByText(names.told).waitFor();
  await look(a, 'claimed');

  expect(stage.world.crm.contacts.get(client.id)?.responsibleUserId).toBe(SELLER_A);
  await chatOfB.waitFor({ state: 'detached' });
  expect(await chatOfA.count()).toBe(1);
}
