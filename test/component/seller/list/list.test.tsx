import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { button, press, seat } from '../card/card-stage.tsx';
import { listStage, row, type ListStage } from './list-stage.tsx';

let stage: ListStage;
beforeEach(() => {
  stage = listStage();
});
afterEach(async () => {
  vi.useRealTimers();
  await stage.end();
});

const all = (state: string): readonly string[] => [state, state, state];

describe('clients picked from the list', () => {
  it('are taken together in few requests, and their chats disappear for the other sellers', async () => {
    stage.openList();
    await press('Взять клиентов: 3');
    expect(await screen.findByText('Ваши: 3 из 3')).toBeTruthy();
    expect(stage.owners()).toEqual([SELLER_A, SELLER_A, SELLER_A]);
    expect(stage.asked()).toEqual(['GET /contacts', 'GET /contacts', 'PATCH /contacts']);
    await waitFor(() => expect(stage.memory.claims.rows.map(({ state }) => state)).toEqual(all('stands')));
    expect(stage.requests.filter(one => one.includes('/claims'))).toEqual([
      `POST ${stage.world.options.gatewayOrigin}/claims`,
      `POST ${stage.world.options.gatewayOrigin}/claims/told`,
    ]);
    await waitFor(() => expect(stage.world.chat.threadsOf(String(SELLER_B))).toHaveLength(1));
    await waitFor(() => expect(stage.world.crm.notes).toHaveLength(3));
  });

  it('are shown with their owners, and nothing else is requested before the press', async () => {
    stage.openList();
    await screen.findByText('Анна');
    expect(row('Анна')).toMatch(/Ничей клиент/);
    expect(stage.asked()).toEqual(['GET /contacts']);
    expect(stage.owners()).toEqual([NOBODY, NOBODY, NOBODY]);
  });

  it('are links with their ids when they have no name', async () => {
    stage.clients.forEach((client, at) => Object.assign(client, { name: '\u200B '.repeat(at) }));
    stage.openList();
    expect(await screen.findAllByRole('link', { name: /^Контакт \d+$/ })).toHaveLength(3);
  });

  it('each have their own result', async () => {
    const [anna, boris, vera] = stage.clients;
    if (!anna || !boris || !vera) throw new Error('Three clients wrote');
    stage.openList();
    await screen.findByText('Анна');
    stage.world.crm.assignContact(SELLER_B, boris.id, SELLER_B);
    stage.world.crm.deleteContact(SELLER_A, vera.id);
    await press('Взять клиентов: 3');
    await screen.findByText('Ваши: 1 из 3');
    expect(row('Анна')).toMatch(/Ваш$/);
    expect(row('Борис')).toMatch(/Уже отвечает Борис Белов/);
    expect(row('Вера')).toMatch(/Удалён или скрыт от вас/);
    expect(stage.owners()).toEqual([SELLER_A, SELLER_B, NOBODY]);
  });

  it('are returned to a colleague who was faster by a moment', async () => {
    const [, boris] = stage.clients;
    stage.openList();
    await screen.findByText('Анна');
    stage.world.disturbances.add(/^PATCH/, () => {
      if (boris) stage.world.crm.assignContact(SELLER_B, boris.id, SELLER_B);
    });
    await press('Взять клиентов: 3');
    await screen.findByText('Ваши: 2 из 3');
    expect(await screen.findByText('Уже отвечает Борис Белов')).toBeTruthy();
    expect(stage.owners()).toEqual([SELLER_A, SELLER_B, SELLER_A]);
  });

  it('are taken even when another one of them cannot be edited', async () => {
    const [anna, boris, vera] = stage.clients;
    const me = stage.world.crm.users.get(SELLER_A);
    const left = stage.world.crm.users.get(HEAD_OF_SALES);
    if (!anna || !boris || !vera || !me || !left) throw new Error('The people of the world are missing');
    // The seller can only edit contacts of their own group, and Anna's owner is in another one.
    me.contacts.edit = 'G';
    Object.assign(left, { isActive: false, groupId: me.groupId + 1 });
    anna.responsibleUserId = HEAD_OF_SALES;
    Object.assign(stage.world.crm.users.get(NOBODY) ?? {}, { groupId: me.groupId });
    stage.world.oddities.refusedBatch = 'nothing-changed';
    stage.openList();
    await press('Взять клиентов: 3');
    await screen.findByText('Ваши: 2 из 3');
    expect(row('Анна')).toMatch(/CRM не разрешает$/);
    expect(stage.owners()).toEqual([HEAD_OF_SALES, SELLER_A, SELLER_A]);
  });

  it('can be checked while their result is unknown', async () => {
    stage.openList();
    await screen.findByText('Анна');
    stage.world.disturbances.add(/^PATCH/, 'cut');
    await press('Взять клиентов: 3');
    await waitFor(() => expect(row('Анна')).toMatch(/Неизвестно, проверяем/));
    stage.clients.forEach(({ id }) => stage.world.crm.assignContact(SELLER_A, id, SELLER_A));
    await press('Проверить');
    await screen.findByText('Ваши: 3 из 3');
    expect(stage.requests.filter(one => one.startsWith('PATCH'))).toHaveLength(1);
  });

  it('say that they are no longer checked after a long time offline, and can be checked again', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 10 });
    stage.openList();
    await screen.findByText('Анна');
    // The CRM records it, but the answer is lost.
    stage.world.disturbances.add(/^PATCH/, 'lost-after');
    await press('Взять клиентов: 3');
    await waitFor(() => expect(stage.owners()).toEqual([SELLER_A, SELLER_A, SELLER_A]));
    stage.world.disturbances.add(/./, 'cut', Infinity);
    for (let second = 0; second < 10; second += 1) await vi.advanceTimersByTimeAsync(1000);
    await waitFor(() => expect(row('Анна')).toMatch(ru.list.unknown));
    for (let second = 0; second < 100; second += 1) await vi.advanceTimersByTimeAsync(1000);
    expect(row('Анна')).toMatch(ru.list.gaveUp);
    const before = stage.requests.length;
    await press(ru.claim.lookAgain);
    await vi.advanceTimersByTimeAsync(2000);
    expect(stage.requests.length).toBeGreaterThan(before);
    stage.world.disturbances.clear();
    window.dispatchEvent(new Event('online'));
    expect(await screen.findByText('Ваши: 3 из 3')).toBeTruthy();
    expect(stage.requests.filter(one => one.startsWith('PATCH'))).toHaveLength(1);
  });

  it('are taken with their deals under the rule "always"', async () => {
    const deals = stage.clients.map(({ id }) => stage.world.crm.addLead('Доставка', [id], NOBODY));
    stage.openList({ claims: { deals: 'always' } });
    await press('Взять клиентов: 3');
    await waitFor(() =>
      expect(deals.map(one => one.responsibleUserId)).toEqual([SELLER_A, SELLER_A, SELLER_A]),
    );
  });

  it('keep the button while they are taken, and then the focus moves to "Close"', async () => {
    stage.openList();
    await screen.findByText('Анна');
    let letGo = () => undefined as void;
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    stage.world.disturbances.add(/^PATCH/, () => held);
    await press('Взять клиентов: 3');
    expect(await screen.findByText('Берём… Ваши: 0 из 3')).toBeTruthy();
    const busy = screen.getByRole('button', { name: 'Взять клиентов: 3' });
    expect(busy.getAttribute('aria-busy')).toBe('true');
    letGo();
    await screen.findByText('Ваши: 3 из 3');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Закрыть' }));
  });

  it('share one notice about why they could not be taken', async () => {
    stage.openList();
    await screen.findByText('Анна');
    stage.world.disturbances.add(/^PATCH/, 'unauthorized', Infinity);
    await press('Взять клиентов: 3');
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Не получилось, ничего не изменилось. Сеанс CRM закончился. Обновите страницу и войдите в CRM снова.',
    );
    expect(row('Анна')).toMatch(/Не получилось$/);
    expect(await screen.findByRole('button', { name: 'Взять клиентов: 3' })).toBeTruthy();
  });

  it('can be taken with a second press when a colleague has just released them', async () => {
    const [anna] = stage.clients;
    if (!anna) throw new Error('Anna wrote');
    anna.responsibleUserId = SELLER_B;
    stage.openList({ claims: { fromColleague: 'freely' } });
    await screen.findByText('Анна');
    stage.world.crm.assignContact(SELLER_B, anna.id, NOBODY);
    await press('Взять клиентов: 3');
    await screen.findByText('Ваши: 2 из 3');
    expect(row('Анна')).toMatch(/Ответственный изменился, клиент ничей$/);
    await press('Взять клиентов: 1');
    await screen.findByText('Ваши: 3 из 3');
    expect(stage.owners()).toEqual([SELLER_A, SELLER_A, SELLER_A]);
  });

  it('are limited to fifty, and the dialog says how many are left', async () => {
    stage.openList({ left: 7 });
    const left = 'За раз можно взять 50 клиентов. Ещё 7 выберите после этого.';
    expect(await screen.findByText(left)).toBeTruthy();
  });

  it('can be read again after a failure, and cannot be taken until then', async () => {
    stage.world.disturbances.add(/^GET \/api\/v4\/contacts/, 'forbidden-html');
    stage.openList();
    expect((await screen.findByRole('alert')).textContent).toMatch(/Для этого не хватает ваших прав/);
    expect(button(/^Взять/)).toBeNull();
    await press('Повторить');
    expect(await screen.findByRole('button', { name: 'Взять клиентов: 3' })).toBeTruthy();
  });

  it.each([
    ['without a chat role that can answer', seat(SELLER_A, 'auditor')],
    ['with a role only on a channel that no longer exists', seat(SELLER_A, 'manager', 'added-again')],
  ])('cannot be taken %s', async (_what, mine) => {
    stage.roles(mine, seat(SELLER_B));
    stage.openList();
    expect(await screen.findByText(/взять клиента нельзя/)).toBeTruthy();
    expect(button(/^Взять/)).toBeNull();
  });
});
