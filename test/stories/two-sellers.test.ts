/** The story that the product exists for, told by three people in three browser profiles. */
import { describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../world/people.ts';
import { chatWindow, connect, giveRole, NAMES, openCard, openSettings, roleRow } from './office.ts';
import { stages } from './stage.ts';

const browser = stages();
describe.each([
  ['en', false],
  ['ru', true],
] as const)('in %s, with a hostile widget on the page: %s', (language, hostile) => {
  const names = NAMES[language];

  it('roles are set, A claims the client, and the chat leaves B', async () => {
    const stage = await browser.stage({ language, hostile });
    const nameOf = (id: number): string => stage.world.crm.users.get(id)?.name ?? '';

    const admin = await stage.open('office');
    await connect(admin, stage, names);
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.select }).click();
    for (const seller of [SELLER_A, SELLER_B]) {
      await giveRole(admin, nameOf(seller), names.seller);
      const newClients = roleRow(admin, nameOf(seller)).getByRole('switch', { name: names.newClients });
      expect(await newClients.isChecked()).toBe(true);
    }
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

    await a.getByRole('button', { name: names.claim }).click();
    await a.getByText(names.told).waitFor();

    expect(stage.world.crm.contacts.get(client.id)?.responsibleUserId).toBe(SELLER_A);
    await chatOfB.waitFor({ state: 'detached' });
    expect(await chatOfA.count()).toBe(1);
    await stage.close();
  });
});
