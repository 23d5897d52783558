/**
 * Several people log in one after another in one tab of one browser. Each finds their own work and nothing of the others'. The
 * browser stores only ids, and all of it is deleted when the widget is disabled.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { giveRole, NAMES, openCard, openSettings } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const [VERA, ARTYOM, BORIS, OLGA] = [
  'Вера Волкова',
  'Артём Алексеев',
  'Борис Белов',
  'Ольга Крылова',
] as const;
const SERVER = /^POST \/claims/;
const NOT_TOLD = /Чаты обновятся, когда он ответит/;
/** More than a day's work in an office needs. */
const MOST_CHARACTERS = 20_000;

const browser = stages();

/** Uses the CRM's own menu: another session in the same tab. */
async function logInAs(page: Page, person: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/contacts`);
  await page.locator('.person > button').click();
  await page.locator('#person-menu').getByRole('button', { name: person }).click();
  await page.locator('.person > button').getByText(person).waitFor();
}

type Kept = Readonly<Record<string, string>>;
const keptIn = (page: Page): Promise<Kept> =>
  page.evaluate(() =>
    Object.fromEntries([localStorage, sessionStorage].flatMap(store => Object.entries<string>(store))),
  );
const ours = (kept: Kept): Kept =>
  Object.fromEntries(Object.entries(kept).filter(([key]) => key.includes('chat-roles')));

/** What a browser's storage must not contain. */
function secretsOf({ world }: Stage, tokens: ReadonlySet<string>): readonly string[] {
  const { users, contacts } = world.crm;
  const people = [...users.values()].flatMap(({ name, email }) => [name, email]);
  const clients = [...contacts.values()];
  const phones = clients.flatMap(one => one.phones);
  const digits = phones.map(phone => phone.replaceAll(/\D/g, ''));
  const signed = [...tokens].flatMap(token => token.split('.'));
  return [people, clients.map(({ name }) => name), phones, digits, signed, 'eyJ']
    .flat()
    .filter(secret => secret !== '');
}

it('three people work in one browser without seeing each other’s data', async () => {
  const stage = await browser.stage();
  connected(stage);
  const { world } = stage;
  const client = world.clientWrites();
  const page = await stage.open('office');
  const tokens = new Set<string>();
  page.on('response', response => {
    if (response.url().includes('disposable_token'))
      void response.json().then(({ token }: { token: string }) => tokens.add(token));
  });
  const writesOf = (person: number): readonly string[] =>
    stage.requests
      .filter(one => one.person === person && one.method !== 'GET' && !one.url.includes('/ajax/'))
      .map(({ method, url }) => `${method} ${new URL(url).pathname}`);

  // The admin refreshes, saves one role and leaves another unsaved.
  await openSettings(page, names);
  await page.getByRole('button', { name: names.refresh }).click();
  await page.getByText(/^Готово: \d+ сотрудн/).waitFor();
  await page.getByRole('button', { name: names.select, exact: true }).click();
  await giveRole(page, VERA, names.supervisor);
  const dialog = page.getByRole('dialog', { name: names.dialog });
  await dialog.getByRole('button', { name: names.save, exact: true }).click();
  const offer = page.getByRole('dialog', { name: 'Готово, роли настроены' });
  await offer.waitFor();
  await page.keyboard.press('Escape');
  await offer.waitFor({ state: 'detached' });
  expect(world.chat.roleOf(String(HEAD_OF_SALES), SALES_CHANNEL)?.role).toBe('manager');
  await page.getByRole('button', { name: names.select, exact: true }).click();
  await giveRole(page, OLGA, names.supervisor);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  // A takes a client, and the server cannot be reached.
  await logInAs(page, ARTYOM);
  world.disturbances.add(SERVER, 'cut', Infinity);
  await openCard(page, client.id);
  await page.getByRole('button', { name: names.claim }).click();
  await page.getByText(NOT_TOLD).waitFor();
  const kept = ours(await keptIn(page));
  expect(Object.keys(kept).map(key => key.split(':').slice(0, 4).join(':'))).toEqual(
    expect.arrayContaining(
      ['roles', 'last-save', 'claims'].map(what => `crm-chat-roles:${what}:${world.crm.account.id}:v1`),
    ),
  );
  const all = JSON.stringify(kept);
  expect(all.length).toBeLessThan(MOST_CHARACTERS);
  expect(tokens.size).toBeGreaterThan(1);
  expect(secretsOf(stage, tokens).filter(secret => all.includes(secret))).toEqual([]);

  // B logs in in the same tab.
  await logInAs(page, BORIS);
  await openCard(page, client.id);
  await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
  await page.getByText('Кто видит чаты этого клиента').waitFor();
  expect(await page.getByText(NOT_TOLD).count()).toBe(0);
  expect(writesOf(SELLER_B)).toEqual([]);
  // B also gets the admin's settings. B's visit neither adds to A's records nor removes any.
  const own = (key: string): boolean => key.startsWith('crm-chat-roles:own:');
  const keysOf = (all: Kept): readonly string[] => Object.keys(all).filter(key => !own(key));
  expect(keysOf(ours(await keptIn(page)))).toEqual(keysOf(kept));

  // A returns, and the server is notified without a press: the note has A's name.
  world.disturbances.clear();
  await logInAs(page, ARTYOM);
  await openCard(page, client.id);
  const notes = (): readonly string[] => world.crm.notes.map(({ text }) => text);
  await expect.poll(notes).toEqual([expect.stringContaining(ARTYOM)]);
  expect(world.crm.ownerChanges).toHaveLength(1);
  expect(client.responsibleUserId).toBe(SELLER_A);

  // The admin finds their draft, and disables the widget.
  await logInAs(page, OLGA);
  expect(writesOf(ADMIN)).not.toContainEqual(expect.stringContaining('notes'));
  await openSettings(page, names);
  await page.getByRole('button', { name: 'Продолжить' }).waitFor();
  expect(Object.keys(ours(await keptIn(page)))).not.toEqual([]);
  await page.getByRole('button', { name: 'Отключить', exact: true }).click();
  await expect.poll(async () => ours(await keptIn(page))).toEqual({});
  process.stdout.write(
    `Kept in one browser: ${Object.keys(kept).length} records, ${all.length} characters, ${secretsOf(stage, tokens).length} secrets looked for\n`,
  );
  await stage.close();
});
