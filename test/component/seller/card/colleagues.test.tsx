import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { button, cardStage, press, seat, type CardStage } from './card-stage.tsx';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
  stage.client.responsibleUserId = SELLER_B;
});
afterEach(() => stage.end());

const notes = (): readonly string[] => stage.world.crm.notes.map(({ text }) => text);
const write = (label: RegExp, words: string) => userEvent.type(screen.getByLabelText(label), words);

describe('a colleague’s client', () => {
  it('is asked for where nobody may take clients from colleagues', async () => {
    stage.openCard({ claims: { fromColleague: 'never' } }).look();
    await press('Попросить передать клиента');
    await write(/Что сказать коллеге/, 'Он мой сосед');
    expect(screen.getByText(/Борис Белов получит просьбу/)).toBeTruthy();
    await press('Отправить просьбу');
    expect(await screen.findByText('Вы попросили передать вам клиента. Решает Борис Белов.')).toBeTruthy();
    expect([...stage.world.crm.tasks.values()]).toMatchObject([
      { responsibleUserId: SELLER_B, text: expect.stringContaining('Он мой сосед') },
    ]);
    expect(button('Попросить передать клиента')).toBeNull();
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
  });

  it('is asked of a supervisor when the owner is away', async () => {
    stage.roles(seat(SELLER_A), seat(SELLER_B), seat(HEAD_OF_SALES, 'manager'));
    stage.openCard({ claims: { fromColleague: 'never' } }).look();
    await screen.findByText('Кто видит чаты этого клиента');
    await press('Попросить передать клиента');
    await userEvent.click(screen.getByLabelText(/Коллеги нет на месте/));
    expect(screen.getByText(/Вера Волкова получит просьбу/)).toBeTruthy();
  });

  it('is taken with a reason, which goes into the note', async () => {
    stage.openCard({ claims: { fromColleague: 'with-reason' } }).look();
    await press('Забрать клиента');
    expect(screen.getByRole('button', { name: 'Забрать клиента' })).toHaveProperty('disabled', true);
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
    await write(/Почему вы забираете клиента/, 'Борис в отпуске');
    await press('Забрать клиента');
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
    await waitFor(() => expect(notes()).toEqual([expect.stringMatching(/Борис Белов.*\n.*Борис в отпуске/)]));
  });

  it('is taken at once where that is free', async () => {
    stage.openCard({ claims: { fromColleague: 'freely' } }).look();
    await press('Забрать клиента');
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('is taken at once by a supervisor, whatever holds for sellers', async () => {
    stage.roles(seat(SELLER_A, 'manager'), seat(SELLER_B));
    stage.openCard({ claims: { fromColleague: 'never' } }).look();
    await press('Забрать клиента');
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('shows since when they have the client, and a quiet way to ask where taking is the button', async () => {
    stage.client.responsibleUserId = NOBODY;
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_B);
    stage.openCard({ claims: { fromColleague: 'freely' } }).look();
    expect(await screen.findByText(/^Отвечает с \d\d:\d\d\.$/)).toBeTruthy();
    expect(button('Забрать клиента')?.className).toContain('button-primary');
    expect(button('Попросить передать клиента')?.className).toContain('button-link');
    await press('Попросить передать клиента');
    await press('Отправить просьбу');
    expect(await screen.findByText('Вы попросили передать вам клиента. Решает Борис Белов.')).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
  });
});

describe('my chat roles', () => {
  it('without one that may answer, forbid a claim in a sentence', async () => {
    stage.client.responsibleUserId = NOBODY;
    stage.roles(seat(SELLER_A, 'auditor'), seat(SELLER_B));
    stage.openCard().look();
    expect(await screen.findByText(/взять клиента нельзя/)).toBeTruthy();
    expect(button('Я отвечаю за клиента')).toBeNull();
  });

  it('on a channel that is gone only, forbid a claim as none would', async () => {
    stage.client.responsibleUserId = NOBODY;
    stage.roles(seat(SELLER_A, 'manager', 'a-channel-that-was-added-again'), seat(SELLER_B));
    stage.openCard().look();
    expect(await screen.findByText(/взять клиента нельзя/)).toBeTruthy();
  });

  it('without one on the client’s channel, are named while the client can be taken', async () => {
    stage.client.responsibleUserId = NOBODY;
    stage.roles(seat(SELLER_A, 'seller', WHOLESALE_CHANNEL), seat(SELLER_B));
    stage.openCard().look();
    expect(await screen.findByText('Здесь у вас нет роли, и чат вы не увидите: «Продажи».')).toBeTruthy();
    expect(button('Я отвечаю за клиента')).toBeTruthy();
  });
});

describe('what colleagues do meanwhile', () => {
  it('is told with name and time once the person looks', async () => {
    stage.client.responsibleUserId = NOBODY;
    const first = stage.openCard();
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_B);
    first.look();
    expect(await screen.findByText(/Клиента взял другой сотрудник: Борис Белов, \d\d:\d\d/)).toBeTruthy();
    expect(screen.getByText('Отвечает: Борис Белов')).toBeTruthy();
  });

  it('is told with the reason that the colleague gave', async () => {
    stage.client.responsibleUserId = SELLER_A;
    const first = stage.openCard();
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_B);
    stage.world.crm.addNote(
      SELLER_B,
      { entityType: 'contacts', entityId: stage.client.id },
      'Борис Белов забирает клиента. Прежний ответственный: Артём Алексеев.\nПричина: Артём болеет',
    );
    first.look();
    expect(await screen.findByText(/Причина: Артём болеет/)).toBeTruthy();
  });

  it('is told when an order gave the client to me', async () => {
    const first = stage.openCard();
    stage.world.crm.assignContact(HEAD_OF_SALES, stage.client.id, SELLER_A);
    first.look();
    expect(await screen.findByText(/Клиента передали вам \(Вера Волкова/)).toBeTruthy();
    expect(screen.getByText('Вы отвечаете за клиента')).toBeTruthy();
  });

  it('is heard at once from another tab of this browser', async () => {
    stage.client.responsibleUserId = NOBODY;
    const first = stage.openCard();
    first.look();
    await screen.findByText('Кто видит чаты этого клиента');
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_B);
    const tab = new BroadcastChannel(`crm-chat-roles:${stage.world.crm.account.id}`);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- this is no window
    tab.postMessage(String(stage.client.id));
    expect(await screen.findByText(/Клиента взял другой сотрудник/)).toBeTruthy();
    tab.close();
  });

  it('is noticed when a card that was left open has put the former owner back', async () => {
    stage.client.responsibleUserId = NOBODY;
    stage.openCard();
    await press('Я отвечаю за клиента');
    await screen.findByText(/Чат исчез у других продавцов/);
    stage.world.crm.assignContact(SELLER_A, stage.client.id, NOBODY);
    await userEvent.click(document.body);
    expect(await screen.findByText(/Сохранение карточки вернуло прежнего ответственного/)).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Я отвечаю за клиента' })).toBeTruthy();
  });
});

describe('my own client', () => {
  beforeEach(() => {
    stage.client.responsibleUserId = SELLER_A;
  });

  it('is handed over to a colleague who may see the chats', async () => {
    stage.openCard().look();
    await screen.findByText('Кто видит чаты этого клиента');
    await userEvent.click(screen.getByText('Ещё'));
    await press('Передать клиента');
    const options = within(screen.getByLabelText('Кому')).getAllByRole('option');
    expect(options.map(one => one.textContent)).toEqual(['выберите', 'Борис Белов']);
    await userEvent.selectOptions(screen.getByLabelText('Кому'), 'Борис Белов');
    await press('Передать');
    expect(await screen.findByText('Клиент передан.')).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
    expect(screen.getByText('Отвечает: Борис Белов')).toBeTruthy();
  });

  it('is given back to the stand-in owner', async () => {
    stage.openCard().look();
    await screen.findByText('Кто видит чаты этого клиента');
    await userEvent.click(screen.getByText('Ещё'));
    await press('Отказаться от клиента');
    await press('Отказаться от клиента');
    expect(await screen.findByText('Ничей клиент')).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(NOBODY);
  });

  it.each([
    ['Передать', SELLER_B],
    ['Отказать', SELLER_A],
  ])('that a colleague asks for: %s', async (answer, owner) => {
    stage.person = SELLER_B;
    stage.openCard({ claims: { fromColleague: 'never' } }).look();
    await press('Попросить передать клиента');
    await write(/Что сказать коллеге/, 'Он мой сосед');
    await press('Отправить просьбу');
    await screen.findByText(/Вы попросили передать вам клиента/);
    stage.person = SELLER_A;
    document.body.replaceChildren();
    stage.openCard().look();
    expect(await screen.findByText('Борис Белов просит передать клиента: Он мой сосед')).toBeTruthy();
    await press(answer);
    await waitFor(() => expect(stage.client.responsibleUserId).toBe(owner));
    await waitFor(() => expect([...stage.world.crm.tasks.values()]).toMatchObject([{ isCompleted: true }]));
    expect(screen.queryByText(/просит передать клиента/)).toBeNull();
  });
});
