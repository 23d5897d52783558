import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmLead } from '../../../world/crm.ts';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { button, cardStage, CLAIM, press, seat, type CardStage } from './card-stage.tsx';

let stage: CardStage;
let free: CrmLead;
let colleagues: CrmLead;
beforeEach(() => {
  stage = cardStage();
  free = stage.world.crm.addLead('Доставка', [stage.client.id], NOBODY);
  colleagues = stage.world.crm.addLead('Ремонт', [stage.client.id], HEAD_OF_SALES);
});
afterEach(() => stage.end());

const chatIsHidden = () => screen.findByText(/Чат исчез у других продавцов/);

describe('the client’s open deals', () => {
  it('are listed with owner and stage, and a colleague’s deal is taken only when it is ticked', async () => {
    stage.roles(seat(SELLER_A), seat(SELLER_B), seat(HEAD_OF_SALES));
    stage.openCard({ claims: { deals: 'ask' } }).look();
    expect(await screen.findByRole('checkbox', { name: 'Доставка' })).toHaveProperty('checked', true);
    expect(screen.getByRole('checkbox', { name: 'Ремонт' })).toHaveProperty('checked', false);
    expect(screen.getByText(/Первичный контакт · ничья/)).toBeTruthy();
    await screen.findByText('Кто видит чаты этого клиента');
    expect(screen.getByText(/Сделка коллеги: без отметки не перейдёт/)).toBeTruthy();
    await press(CLAIM);
    await screen.findByText(/Доставка: теперь ваша/);
    expect([free.responsibleUserId, colleagues.responsibleUserId]).toEqual([SELLER_A, HEAD_OF_SALES]);
    expect(screen.getByText('Больше не видят чат: Борис Белов.')).toBeTruthy();
    expect(await screen.findByText(/Вера Волкова тоже видит чат через сделку «Ремонт»/)).toBeTruthy();
  });

  it('are taken as the seller ticks them', async () => {
    stage.openCard({ claims: { deals: 'ask' } }).look();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Доставка' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Ремонт' }));
    await press(CLAIM);
    await screen.findByText(/Ремонт: теперь ваша/);
    expect([free.responsibleUserId, colleagues.responsibleUserId]).toEqual([NOBODY, SELLER_A]);
  });

  it('are taken without being listed under the rule "always", except a colleague’s', async () => {
    stage.openCard({ claims: { deals: 'always' } });
    await press(CLAIM);
    await screen.findByText(/Доставка: теперь ваша/);
    expect([free.responsibleUserId, colleagues.responsibleUserId]).toEqual([SELLER_A, HEAD_OF_SALES]);
  });

  it('that were not loaded before the claim stay, and can be taken afterwards', async () => {
    const first = stage.openCard({ claims: { deals: 'ask' } });
    await press(CLAIM);
    await chatIsHidden();
    expect(free.responsibleUserId).toBe(NOBODY);
    first.look();
    await press('Забрать отмеченные сделки');
    await waitFor(() => expect(free.responsibleUserId).toBe(SELLER_A));
    expect(colleagues.responsibleUserId).toBe(HEAD_OF_SALES);
  });

  it('have no checkboxes when the seller cannot take the client', async () => {
    stage.roles(seat(SELLER_B));
    stage.openCard({ claims: { deals: 'ask' } }).look();
    await screen.findByText(/взять клиента нельзя/);
    expect(screen.getByRole('link', { name: 'Доставка' })).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: 'Доставка' })).toBeNull();
  });

  it('are reported when they cannot be read, and so are the people who see the chats', async () => {
    stage.world.disturbances.add(/^GET \/api\/v4\/leads/, 'forbidden-json');
    stage.world.disturbances.add(/^GET \/settings/, 'forbidden-json');
    stage.openCard().look();
    expect(await screen.findByText(/Сделки не загрузились. Для этого не хватает ваших прав/)).toBeTruthy();
    expect(
      screen.getByText(/Не удалось узнать, кто видит чаты. Ваша роль или подключение Wazzup/),
    ).toBeTruthy();
  });

  it('stay under the rule "never"', async () => {
    stage.openCard({ claims: { deals: 'never' } }).look();
    await screen.findByText(/ничья · останется/);
    await press(CLAIM);
    await chatIsHidden();
    expect(free.responsibleUserId).toBe(NOBODY);
  });
});

describe('undo', () => {
  it('restores the owner, the deals and the chat', async () => {
    stage.openCard({ claims: { deals: 'always', note: true } });
    await press(CLAIM);
    await screen.findByText(/Доставка: теперь ваша/);
    await press(/Вернуть как было/);
    expect(await screen.findByText('Ничей клиент')).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(NOBODY);
    await waitFor(() => expect(free.responsibleUserId).toBe(NOBODY));
    await waitFor(() => expect(stage.world.chat.threadsOf(String(SELLER_B))).toHaveLength(1));
    await waitFor(() => expect(stage.world.crm.notes).toHaveLength(2));
    expect(button(CLAIM)).toBeTruthy();
  });

  it('changes nothing when the client already has another owner', async () => {
    stage.openCard();
    await press(CLAIM);
    await chatIsHidden();
    stage.world.crm.assignContact(HEAD_OF_SALES, stage.client.id, SELLER_B);
    await press(/Вернуть как было/);
    expect(await screen.findByText(/Клиент уже не ваш, поэтому ничего не возвращено/)).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
    expect(screen.getByText('Отвечает: Борис Белов')).toBeTruthy();
    expect(screen.queryByText(/Чат исчез/)).toBeNull();
  });
});

describe('a deal’s card', () => {
  it('sends no request until a press', () => {
    stage.openCard({ dealId: free.id });
    expect(screen.getByText('Клиент этой сделки')).toBeTruthy();
    expect(stage.requests).toEqual([]);
  });

  it('takes the deal’s client in one click, together with the deal', async () => {
    stage.openCard({ dealId: free.id, claims: { deals: 'always' } });
    await press(CLAIM);
    await screen.findByText(/Доставка: теперь ваша/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('names the client and lists this deal first', async () => {
    const other = stage.world.crm.addLead('Гарантия', [stage.client.id], NOBODY);
    stage.openCard({ dealId: other.id }).look();
    expect(await screen.findByText(stage.client.name)).toBeTruthy();
    await screen.findByText(/Эта сделка/);
    expect(screen.getAllByRole('listitem')[0]?.textContent).toMatch(/^Гарантия/);
  });

  it('asks which of several clients is meant, and changes only that one', async () => {
    const second = stage.world.clientWrites({ name: 'Пётр', phone: '+7 916 000-00-77' });
    const shared = stage.world.crm.addLead('Общая', [stage.client.id, second.id], NOBODY);
    stage.openCard({ dealId: shared.id });
    await press(CLAIM);
    await userEvent.selectOptions(await screen.findByLabelText('Клиент'), 'Пётр');
    await press(CLAIM);
    await chatIsHidden();
    expect([stage.client.responsibleUserId, second.responsibleUserId]).toEqual([NOBODY, SELLER_A]);
  });

  it('accepts a press while its client is being read', async () => {
    const { disturbances } = stage.world;
    let answer = (): void => undefined;
    disturbances.add(
      /^GET \/api\/v4\/leads/,
      () =>
        new Promise<void>(resolve => {
          answer = resolve;
        }),
    );
    stage.openCard({ dealId: free.id }).look();
    await waitFor(() => expect(stage.requests.length).toBeGreaterThan(0));
    await press(CLAIM);
    expect(screen.getByText('Узнаём клиента сделки…')).toBeTruthy();
    answer();
    await chatIsHidden();
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('can read its client again after a failure', async () => {
    stage.world.disturbances.add(/^GET \/api\/v4\/leads/, 'forbidden-json');
    stage.openCard({ dealId: free.id });
    await press(CLAIM);
    await screen.findByText(/Не удалось узнать клиента сделки/);
    await press('Повторить');
    expect(await screen.findByText(stage.client.name)).toBeTruthy();
  });

  it('says that a deal without a contact has no client', async () => {
    const lonely = stage.world.crm.addLead('Пустая', [], NOBODY);
    const first = stage.openCard({ dealId: lonely.id });
    await press(CLAIM);
    expect(await screen.findByText(/У этой сделки нет контакта/)).toBeTruthy();
    const before = stage.requests.length;
    first.look();
    await waitFor(() => expect(stage.requests.length).toBeGreaterThan(before));
    expect(screen.getByText(/У этой сделки нет контакта/)).toBeTruthy();
  });
});
