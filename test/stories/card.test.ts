/** What a seller does in the card besides taking a client in one click, in real browsers. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmContact } from '../world/crm.ts';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openCard } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
let client: CrmContact;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  client = stage.world.clientWrites();
});
afterEach(() => stage.close());

/** Adds the admin's rules to the settings of the sandbox. */
function rule(claims: object): void {
  const { integration } = stage.world.crm;
  const own: object = JSON.parse(integration.fields['custom'] ?? '{}');
  integration.fields = { custom: JSON.stringify({ ...own, claims }) };
}
async function unfolded(person: 'seller-a' | 'seller-b'): Promise<Page> {
  const page = await stage.open(person);
  await openCard(page, client.id);
  await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
  await page.getByText('Кто видит чаты этого клиента').waitFor();
  return page;
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('a client with deals', () => {
  it('is taken with the ticked deals, and an undo returns all of them', async () => {
    rule({ deals: 'ask' });
    const free = stage.world.crm.addLead('Доставка', [client.id], NOBODY);
    const colleagues = stage.world.crm.addLead('Ремонт', [client.id], HEAD_OF_SALES);
    const a = await unfolded('seller-a');
    await a.getByRole('checkbox', { name: 'Ремонт' }).waitFor();
    expect(await a.getByRole('checkbox', { name: 'Доставка' }).isChecked()).toBe(true);
    await press(a, names.claim);
    await a.getByText(/Доставка: теперь ваша/).waitFor();
    expect([free.responsibleUserId, colleagues.responsibleUserId]).toEqual([SELLER_A, HEAD_OF_SALES]);
    await a.getByRole('button', { name: /Вернуть как было/ }).click();
    await a.getByText('Ничей клиент').waitFor();
    await expect.poll(() => free.responsibleUserId).toBe(NOBODY);
    expect(client.responsibleUserId).toBe(NOBODY);
  });

  it('is taken on the card of one of the deals', async () => {
    const deal = stage.world.crm.addLead('Доставка', [client.id], NOBODY);
    const a = await stage.open('seller-a');
    await a.goto(`${new URL(a.url()).origin}/leads/detail/${deal.id}`);
    await press(a, names.claim);
    await a.getByText(names.told).waitFor();
    expect(client.responsibleUserId).toBe(SELLER_A);
  });
});

describe('a colleague’s client', () => {
  beforeEach(() => {
    client.responsibleUserId = SELLER_B;
  });

  it('is requested, and handed over by the owner', async () => {
    rule({ fromColleague: 'never' });
    const a = await unfolded('seller-a');
    await press(a, 'Попросить передать клиента');
    await a.getByLabel('Что сказать коллеге').fill('Он мой сосед');
    await press(a, 'Отправить просьбу');
    await a.getByText('Вы попросили передать вам клиента. Решает Борис Белов.').waitFor();
    const b = await unfolded('seller-b');
    await b.getByText('Артём Алексеев просит передать клиента: Он мой сосед').waitFor();
    await press(b, 'Передать');
    await b.getByText('Клиент передан.', { exact: true }).waitFor();
    expect(client.responsibleUserId).toBe(SELLER_A);
  });

  it('is taken with a reason, which is added to the note', async () => {
    rule({ fromColleague: 'with-reason' });
    const a = await unfolded('seller-a');
    await press(a, 'Забрать клиента');
    await a.getByLabel('Почему вы забираете клиента').fill('Борис в отпуске');
    await press(a, 'Забрать клиента');
    await a.getByText(names.told).waitFor();
    await expect
      .poll(() => stage.world.crm.notes.map(({ text }) => text))
      .toEqual([expect.stringContaining('Борис в отпуске')]);
  });
});

describe('two tabs of one browser', () => {
  it('both show that the client has another owner', async () => {
    const one = await unfolded('seller-a');
    const other = await one.context().newPage();
    await other.goto(one.url());
    await other.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
    await other.getByText('Кто видит чаты этого клиента').waitFor();
    await press(one, names.claim);
    await one.getByText(names.told).waitFor();
    await other.getByText(names.mine).first().waitFor();
    await one.getByRole('button', { name: /Вернуть как было/ }).click();
    await other.getByRole('button', { name: names.claim, exact: true }).waitFor();
    expect(client.responsibleUserId).toBe(NOBODY);
  });
});

describe('the CRM’s own Save', () => {
  it('on an old card restores the former owner, and the panel says so', async () => {
    const a = await unfolded('seller-a');
    await press(a, names.claim);
    await a.getByText(names.told).waitFor();
    await a.getByRole('textbox', { name: 'Имя', exact: true }).fill('Анна Новая');
    await a.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await expect.poll(() => client.responsibleUserId).toBe(NOBODY);
    await a.getByText(/Сохранение карточки вернуло прежнего ответственного/).waitFor();
    await a.getByRole('button', { name: names.claim, exact: true }).waitFor();
    expect(await a.getByText(names.mine).count()).toBe(0);
  });
});

describe('the unfolded panel', () => {
  it('requests nothing until the pointer reaches it, even when the CRM has unfolded it', async () => {
    const a = await stage.open('seller-a');
    await openCard(a, client.id);
    await a.getByRole('button', { name: names.claim }).waitFor();
    await a.evaluate(() => {
      const body = document.querySelector<HTMLElement>('.card-widgets__widget__body');
      if (body) body.style.display = '';
    });
    await a.locator('.crm-chat-roles-body').getByText('Ничей клиент').waitFor();
    const asked = () => stage.requests.filter(({ url }) => url.includes('/api/v4/')).length;
    expect(asked()).toBe(0);
    await a.locator('.crm-chat-roles-body').hover();
    await a.getByText('Кто видит чаты этого клиента').waitFor();
    expect(asked()).toBeGreaterThan(0);
  });

  it('shows who sees the chats and why, and opens the chat in the service’s own window', async () => {
    client.responsibleUserId = SELLER_A;
    const a = await unfolded('seller-a');
    await a.getByText('Кто видит чаты этого клиента').click();
    await a.getByText('Вы · может отвечать · отвечает за клиента').waitFor();
    const [tab] = await Promise.all([
      a.waitForEvent('popup'),
      a.getByRole('button', { name: 'Открыть чат' }).click(),
    ]);
    await tab.getByText(client.name).first().waitFor();
    expect(new URL(tab.url()).hostname).toMatch(/\.localhost$/);
  });
});
