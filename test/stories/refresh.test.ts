/** What changed in the CRM reaches the chat service when the admin presses "Refresh data from CRM". */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openSettings } from './office.ts';
import { connected } from './setting-up.ts';
import { stages, type Stage } from './stage.ts';

const names = NAMES.ru;
const DONE = /^Готово: \d+ сотрудн/;

const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  admin = await stage.open('office');
});
afterEach(() => stage.close());

async function refresh(): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.refresh }).click();
}
const remembered = () =>
  admin.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('crm-chat-roles')).length);

describe('refreshing data from the CRM', () => {
  it('moves a chat to the seller whom the CRM’s own field made responsible, and reports what else is new', async () => {
    const { world } = stage;
    const { id } = world.clientWrites();
    const [thread] = world.chat.threads;
    if (!thread) throw new Error('The client has not written');
    world.crm.assignContact(ADMIN, id, SELLER_A);
    world.chat.contacts.set(String(id), {
      id: String(id),
      name: thread.name,
      responsibleUserId: String(SELLER_A),
      contactData: [{ chatType: thread.chatType, chatId: thread.chatId }],
    });
    world.crm.assignContact(ADMIN, id, SELLER_B);
    const seller = world.crm.users.get(SELLER_A);
    if (seller) world.crm.users.set(9001, { ...seller, id: 9001, name: 'Яна Новая' });
    const { userRoles } = world.chat.settings;
    world.chat.users.set(String(SELLER_A), { id: String(SELLER_A), name: 'Артём Старов' });
    const freed = world.clientWrites();
    world.chat.contacts.set(String(freed.id), {
      id: String(freed.id),
      name: freed.name,
      responsibleUserId: String(SELLER_A),
      contactData: [{ chatType: 'whatsapp', chatId: '79160000002' }],
    });
    world.crm.assignContact(ADMIN, freed.id, SELLER_A);
    world.crm.assignContact(ADMIN, freed.id, NOBODY);

    await refresh();
    await admin.getByText('Готово: 6 сотрудников. Роли не меняются.').waitFor();
    const report = admin.getByRole('list', { name: 'Что изменилось' });
    await report.getByText(/Новые сотрудники без роли: .*Яна Новая/).waitFor();
    await report.getByText('Артём Старов → Артём Алексеев').waitFor();
    await report.getByText('Воронки: 1').waitFor();
    await report.getByText('Клиентов с новым ответственным: 1').waitFor();
    expect(world.chat.maySee(String(SELLER_A), thread)).toBe(false);
    expect(world.chat.maySee(String(SELLER_B), thread)).toBe(true);
    expect(world.chat.contacts.has(String(freed.id))).toBe(false);
    expect(world.chat.pipelines).toHaveLength(1);
    expect([...world.chat.users.keys()]).toEqual([String(SELLER_A), String(SELLER_B)]);
    expect(world.chat.settings.userRoles).toEqual(userRoles);

    await admin.reload();
    await openSettings(admin, names);
    await admin.getByText(/^Обновлено сегодня в \d\d:\d\d \(на этом компьютере\)$/).waitFor();
  });

  /** A client of A's, and his deal, as the chat service was told them. */
  function withDealOf(owner: number) {
    const { world } = stage;
    const { id } = world.clientWrites();
    const [thread] = world.chat.threads;
    if (!thread) throw new Error('The client has not written');
    world.crm.assignContact(ADMIN, id, SELLER_A);
    const deal = world.crm.addLead('Окна', [id], owner);
    const { name, chatType, chatId } = thread;
    world.chat.contacts.set(`${id}`, {
      id: `${id}`,
      name,
      responsibleUserId: String(SELLER_A),
      contactData: [{ chatType, chatId }],
    });
    world.chat.deals.set(`${deal.id}`, {
      id: `${deal.id}`,
      name: 'Окна',
      responsibleUserId: String(owner),
      uri: `${stage.officeAddress}leads/detail/${deal.id}`,
      contacts: [`${id}`],
      closed: false,
    });
    return { deal, seenByB: () => world.chat.maySee(String(SELLER_B), thread) };
  }

  it.each([
    ['shows the chat to whom the CRM made responsible for the client’s deal', SELLER_A, SELLER_B],
    ['takes the chat from whose deal became nobody’s in the CRM', SELLER_B, NOBODY],
  ])('%s', async (_story, before, after) => {
    const { deal, seenByB } = withDealOf(before);
    stage.world.crm.assignLead(ADMIN, deal.id, after);
    expect(seenByB()).toBe(before === SELLER_B);
    await refresh();
    const report = admin.getByRole('list', { name: 'Что изменилось' });
    await report.getByText('Сделок, по которым исправлен ответственный: 1').waitFor();
    expect(seenByB()).toBe(after === SELLER_B);
  });

  it('says which part failed and does that part again', async () => {
    stage.world.disturbances.add(/^POST \/v3\/pipelines/, 'server-error');
    await refresh();
    const problem = admin.getByRole('alert');
    await problem.getByText(/Обновилось не всё/).waitFor();
    expect(await admin.getByText(DONE).count()).toBe(0);
    await problem.getByRole('button', { name: 'Повторить: Воронки' }).click();
    await admin.getByText(DONE).waitFor();
    expect(stage.world.chat.pipelines).toHaveLength(1);
  });

  it('forgets on this computer when the widget is disabled', async () => {
    await refresh();
    await admin.getByText(DONE).waitFor();
    expect(await remembered()).toBe(1);
    await admin.getByRole('button', { name: 'Отключить', exact: true }).click();
    await expect.poll(remembered).toBe(0);
  });
});
