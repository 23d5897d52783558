/** What the card shows after the server has decided, while it decides, and while it cannot be reached. */
import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { hold } from '../../../mocks/claims.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { button, cardStage, CLAIM, press, type CardStage } from './card-stage.tsx';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
});
afterEach(() => {
  stage.world.disturbances.clear();
  return stage.end();
});

const WRITE = /^PATCH \/api\/v4\/contacts/;
const SERVER = /^(GET|POST) \/claims/;
const CHAT_HIDDEN = /Чат исчез у других продавцов/;
const takenBy = (person: number) => (): void => {
  stage.world.crm.assignContact(person, stage.client.id, person);
};
const alertText = async (): Promise<string> => (await screen.findByRole('alert')).textContent ?? '';
const kept = (): readonly string[] => Object.keys(localStorage).filter(key => key.includes(':claims:'));
const copy = (): string | undefined =>
  stage.world.chat.contacts.get(String(stage.client.id))?.responsibleUserId;

describe('a colleague who was faster by a moment', () => {
  beforeEach(() => {
    stage.world.disturbances.add(WRITE, takenBy(SELLER_B));
  });

  it('gets the client back, and “yours” is withdrawn with their name', async () => {
    stage.openCard();
    await press(CLAIM);
    expect(await alertText()).toBe(ru.claim.withdrawn.replace('{{by}}', 'Борис Белов'));
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
    expect(screen.getByText('Отвечает: Борис Белов')).toBeTruthy();
    expect(screen.queryByText(CHAT_HIDDEN)).toBeNull();
    expect(button(ru.claim.undo)).toBeNull();
    await waitFor(() => expect(copy()).toBe(String(SELLER_B)));
    expect(stage.world.crm.notes).toEqual([]);
  });

  it('is also named in a card that is opened later', async () => {
    stage.openCard();
    await press(CLAIM);
    await screen.findByRole('alert');
    document.body.replaceChildren();
    stage.openCard().look();
    expect(await alertText()).toContain('Борис Белов');
  });

  it('can lose the client to me like any other colleague', async () => {
    stage.openCard({ claims: { fromColleague: 'freely' } });
    await press(CLAIM);
    await screen.findByRole('alert');
    await press(ru.claim.take);
    await screen.findByText(CHAT_HIDDEN);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });
});

describe('a colleague whose claim is in progress', () => {
  beforeEach(() => {
    hold(stage.world, stage.memory.claims, [SELLER_B, stage.client.id]);
  });

  it('is named, and nothing is written', async () => {
    stage.openCard();
    await press(CLAIM);
    expect(await alertText()).toContain(ru.claim.held.replace('{{by}}', 'Борис Белов'));
    expect(stage.requests.filter(one => one.startsWith('PATCH'))).toEqual([]);
    expect(stage.client.responsibleUserId).toBe(NOBODY);
    expect(button(CLAIM)?.getAttribute('aria-busy')).toBe('false');
  });

  it('is shown as responsible once the CRM says so', async () => {
    stage.openCard();
    await press(CLAIM);
    await screen.findByRole('alert');
    takenBy(SELLER_B)();
    stage.hurry();
    expect(await screen.findByText('Отвечает: Борис Белов')).toBeTruthy();
  });
});

describe('a claim with an unknown outcome', () => {
  beforeEach(() => {
    stage.world.disturbances.add(WRITE, 'cut');
  });

  it('is shown as mine without a press once the CRM shows it', async () => {
    stage.openCard();
    await press(CLAIM);
    expect(await alertText()).toMatch(/Неизвестно, записала ли она вас ответственным/);
    takenBy(SELLER_A)();
    expect(await screen.findByText('Вы отвечаете за клиента')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await screen.findByText(CHAT_HIDDEN);
  });

  it('is shown as failed in the end, and can be pressed again', async () => {
    stage.openCard();
    await press(CLAIM);
    await waitFor(() => {
      stage.hurry();
      expect(screen.getByText(/Не получилось, ничего не изменилось/)).toBeTruthy();
    });
    expect(button(CLAIM)).toBeTruthy();
    await press(CLAIM);
    await screen.findByText(CHAT_HIDDEN);
  });

  it('is checked by the next page when the server does not know it', async () => {
    stage.world.disturbances.add(SERVER, 'cut', Infinity);
    stage.openCard();
    await press(CLAIM);
    await screen.findByRole('button', { name: 'Проверить' });
    stage.closeClaims();
    takenBy(SELLER_A)();
    stage.world.disturbances.clear();
    document.body.replaceChildren();
    await stage.openCard().prepare();
    expect(await screen.findByText('Вы отвечаете за клиента')).toBeTruthy();
    await waitFor(() => expect(stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]));
    expect(kept()).toEqual([]);
  });
});

describe('a server that cannot be reached', () => {
  beforeEach(() => {
    stage.world.disturbances.add(SERVER, 'cut', Infinity);
  });

  it('does not prevent a claim, and the card says that the chats follow later', async () => {
    stage.openCard();
    await press(CLAIM);
    await screen.findByText('Вы отвечаете за клиента');
    await screen.findByText(new RegExp(ru.claim.followUp.later));
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
    expect(kept()).toHaveLength(1);
  });

  it('learns of the claim when it is back, also from a page that was loaded later', async () => {
    stage.openCard();
    await press(CLAIM);
    await screen.findByText(new RegExp(ru.claim.followUp.later));
    stage.closeClaims();
    stage.world.disturbances.clear();
    document.body.replaceChildren();
    await stage.openCard().prepare();
    await screen.findByText(CHAT_HIDDEN);
    expect(kept()).toEqual([]);
    expect(stage.requests.filter(one => one.startsWith('PATCH'))).toHaveLength(1);
  });

  it.each(['online', 'focus', 'visibilitychange'])('learns of the claim at once on "%s"', async event => {
    stage.openCard();
    await press(CLAIM);
    await screen.findByText(new RegExp(ru.claim.followUp.later));
    stage.world.disturbances.clear();
    window.dispatchEvent(new Event(event));
    expect(await screen.findByText(CHAT_HIDDEN)).toBeTruthy();
  });
});

describe('the follow-up of a claim', () => {
  it('can be checked again after the chat service refused it', async () => {
    stage.world.disturbances.add(/^POST \/v3\/contacts/, 'server-error', Infinity);
    stage.openCard();
    await press(CLAIM);
    await screen.findByText(new RegExp(ru.claim.followUp.notTold));
    stage.world.disturbances.clear();
    await press(ru.claim.lookAgain);
    expect(await screen.findByText(CHAT_HIDDEN)).toBeTruthy();
    expect(stage.requests.filter(one => one.startsWith('PATCH'))).toHaveLength(1);
  });

  it('is not shown for a claim that was completed before', async () => {
    stage.openCard();
    await press(CLAIM);
    await screen.findByText(CHAT_HIDDEN);
    document.body.replaceChildren();
    stage.openCard().look();
    await screen.findByText(ru.claim.sees.title);
    await stage.quiet();
    expect(screen.queryByText(CHAT_HIDDEN)).toBeNull();
  });

  it('names the step that the person’s own rights do not allow', async () => {
    const deal = stage.world.crm.addLead('Доставка', [stage.client.id], NOBODY);
    const me = stage.world.crm.users.get(SELLER_A);
    if (me) me.leads = { view: 'A', edit: 'D' };
    stage.openCard({ claims: { deals: 'always' } });
    await press(CLAIM);
    expect(await alertText()).toContain(
      `${ru.claim.followUp.deal.failed.replace('{{deal}}', 'Доставка')} ${ru.failure.crm.forbidden}`,
    );
    expect(deal.responsibleUserId).toBe(NOBODY);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('is shown until it is completed, also on another computer', async () => {
    const me = stage.world.crm.users.get(SELLER_A);
    if (me) me.leads = { view: 'A', edit: 'D' };
    stage.world.crm.addLead('Доставка', [stage.client.id], NOBODY);
    stage.openCard({ claims: { deals: 'always' } });
    await press(CLAIM);
    await screen.findByRole('alert');
    stage.closeClaims();
    localStorage.clear();
    document.body.replaceChildren();
    stage.openCard({ claims: { deals: 'always' } }).look();
    expect(await alertText()).toContain(ru.claim.followUp.deal.failed.replace('{{deal}}', 'Доставка'));
  });
});

describe('a task for the former owner', () => {
  beforeEach(() => {
    stage.client.responsibleUserId = SELLER_B;
  });
  const tasks = () => [...stage.world.crm.tasks.values()];

  it('is created where the rules say so, and is completed by an undo', async () => {
    stage.openCard({ claims: { fromColleague: 'freely', task: true } }).look();
    await press('Забрать клиента');
    await waitFor(() =>
      expect(tasks()).toMatchObject([
        { responsibleUserId: SELLER_B, isCompleted: false, text: expect.stringContaining('Артём Алексеев') },
      ]),
    );
    await press(/Вернуть как было/);
    await waitFor(() => expect(tasks()).toMatchObject([{ isCompleted: true }]));
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
  });

  it('is not created by default', async () => {
    stage.openCard({ claims: { fromColleague: 'freely' } }).look();
    await press('Забрать клиента');
    await waitFor(() => expect(stage.world.crm.notes).toHaveLength(1));
    expect(tasks()).toEqual([]);
  });
});
