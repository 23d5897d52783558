/** Two sellers pick overlapping clients in the CRM's list and take them at the same moment. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();

/** Opens the list, picks these clients and opens our dialog. */
async function picking(page: Page, clients: readonly string[]): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/contacts/list/contacts/`);
  for (const client of clients) await page.getByRole('checkbox', { name: client, exact: true }).check();
  await page.getByRole('toolbar').getByRole('button', { name: names.widget }).click();
  await page.getByRole('button', { name: `Взять клиентов: ${clients.length}` }).waitFor();
}
const take = (page: Page) => page.getByRole('button', { name: /^Взять клиентов: \d+$/ }).click();
const fates = async (page: Page): Promise<readonly string[]> =>
  (await page.getByRole('dialog').getByRole('listitem').allTextContents()).map(one => one.trim());

it('two sellers who take overlapping lists see the same owner for each client', async () => {
  const stage = await browser.stage();
  connected(stage);
  const clients = ['Анна', 'Белла', 'Вика', 'Галя'].map((name, at) =>
    stage.world.clientWrites({ name, phone: `+7 916 000-01-0${at}` }),
  );
  const all = clients.map(one => one.name);
  const [forA, forB] = [all.slice(0, 3), all.slice(1)];
  const a = await stage.open('seller-a');
  const b = await stage.open('seller-b');
  await picking(a, forA);
  await picking(b, forB);
  await Promise.all([take(a), take(b)]);

  // Both dialogs name the owner whom the CRM recorded first.
  const nameOf = (owner: number): string => stage.world.crm.users.get(owner)?.name ?? '';
  const rightFor = (picked: readonly string[], me: number): readonly string[] =>
    clients
      .filter(({ name }) => picked.includes(name))
      .map(({ id, name }) => {
        const first = stage.world.crm.ownerChanges.find(change => change.entityId === id)?.after;
        return `${name} ${first === me ? 'Ваш' : `Уже отвечает ${nameOf(first ?? NOBODY)}`}`;
      });
  for (const [page, picked, me] of [
    [a, forA, SELLER_A],
    [b, forB, SELLER_B],
  ] as const)
    await expect
      .poll(async () => [...(await fates(page))].toSorted().join() === rightFor(picked, me).toSorted().join())
      .toBe(true);
  const firsts = clients.map(
    ({ id }) => stage.world.crm.ownerChanges.find(change => change.entityId === id)?.after,
  );
  expect(clients.map(one => one.responsibleUserId)).toEqual(firsts);
  expect(clients.every(one => one.responsibleUserId !== NOBODY)).toBe(true);

  // The chats disappear from the other seller's list.
  for (const [person, other] of [
    [SELLER_A, SELLER_B],
    [SELLER_B, SELLER_A],
  ] as const)
    await expect
      .poll(() => stage.world.chat.threadsOf(String(person)).length)
      .toBe(clients.filter(one => one.responsibleUserId !== other).length);
  await stage.close();
}, 120_000);

it('clients that were taken from a list reach the chat service after a reload in the middle', async () => {
  const stage = await browser.stage();
  connected(stage);
  const clients = ['Анна', 'Белла'].map((name, at) =>
    stage.world.clientWrites({ name, phone: `+7 916 000-01-0${at}` }),
  );
  const a = await stage.open('seller-a');
  await picking(a, ['Анна', 'Белла']);
  stage.world.disturbances.add(/^POST \/claims\/told/, 'lost-before');
  await take(a);
  await expect.poll(() => clients.map(one => one.responsibleUserId)).toEqual([SELLER_A, SELLER_A]);
  expect(stage.world.chat.threadsOf(String(SELLER_B))).toHaveLength(2);
  await a.reload();
  await expect.poll(() => stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]);
  await stage.close();
});
