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
  it('can be requested where taking is not allowed', async () => {
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

  it('can be requested from a supervisor when the owner is away', async () => {
    stage.roles(seat(SELLER_A), seat(SELLER_B), seat(HEAD_OF_SALES, 'manager'));
    stage.openCard({ claims: { fromColleague: 'never' } }).look();
    await screen.findByText('Кто видит чаты этого клиента');
    await press('Попросить передать клиента');
    await userEvent.click(screen.getByLabelText(/Коллеги нет на месте/));
    expect(screen.getByText(/Вера Волкова получит просьбу/)).toBeTruthy();
  });

  it('can be taken with a reason, which is added to the note', async () => {
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

  it('can be taken at once where the rules allow it', async () => {
    stage.openCard({ claims: { fromColleague: 'freely' } }).look();
    await press('Забрать клиента');
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('can be taken at once by a supervisor, even where sellers cannot', async () => {
    stage.roles(seat(SELLER_A, 'manager'), seat(SELLER_B));
    stage.openCard({ claims: { fromColleague: 'never' } }).look();
    await press('Забрать клиента');
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('shows since when the colleague is responsible, and offers a request as a link beside the button to take', async () => {
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

describe('the seller’s chat roles', () => {
  it('prevent a claim and say why when none of them can answer', async () => {
    stage.client.responsibleUserId = NOBODY;
    stage.roles(seat(SELLER_A, 'auditor'), seat(SELLER_B));
    stage.openCard().look();
    expect(await screen.findByText(/взять клиента нельзя/)).toBeTruthy();
    expect(button('Я отвечаю за клиента')).toBeNull();
  });

  it('prevent a claim when they are only on a channel that no longer exists', async () => {
    stage.client.responsibleUserId = NOBODY;
    stage.roles(seat(SELLER_A, 'manager', 'a-channel-that-was-added-again'), seat(SELLER_B));
    stage.openCard().look();
    expect(await screen.findByText(/взять клиента нельзя/)).toBeTruthy();
  });

  it('allow a claim even without a role on the client’s channel, and the card says so', async () => {
    stage.client.responsibleUserId = NOBODY;
    stage.roles(seat(SELLER_A, 'seller', WHOLESALE_CHANNEL), seat(SELLER_B));
    stage.openCard().look();
    expect(await screen.findByText('Здесь у вас нет роли, и чат вы не увидите: «Продажи».')).toBeTruthy();
    expect(button('Я отвечаю за клиента')).toBeTruthy();
  });
});

describe('a change by a colleague', () => {
  it('is shown with name and time once the person looks', async () => {
    stage.client.responsibleUserId = NOBODY;
    const first = stage.openCard();
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_B);
    first.look();
    expect(await screen.findByText(/Клиента взял другой сотрудник: Борис Белов, \d\d:\d\d/)).toBeTruthy();
    expect(screen.getByText('Отвечает: Борис Белов')).toBeTruthy();
  });

  it('is shown with the colleague’s reason', async () => {
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

  it('is shown when a supervisor has given the client to me', async () => {
    const first = stage.openCard();
    stage.world.crm.assignContact(HEAD_OF_SALES, stage.client.id, SELLER_A);
    first.look();
    expect(await screen.findByText(/Клиента передали вам \(Вера Волкова/)).toBeTruthy();
    expect(screen.getByText('Вы отвечаете за клиента')).toBeTruthy();
  });

  it('that another tab of this browser reports is shown at once', async () => {
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

  it('that restores the former owner by saving an old card is shown', async () => {
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

  it('can be handed over to a colleague who can see the chats', async () => {
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

  it('can be returned to the stand-in owner', async () => {
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
  ])('follows my answer to a colleague’s request: %s', async (answer, owner) => {
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
