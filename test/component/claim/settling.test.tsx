import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../world/people.ts';
import { button, cardStage, CLAIM, press, type CardStage } from './card-stage.tsx';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
});
afterEach(() => stage.end());

const WRITE = /^PATCH \/api\/v4\/contacts/;
const takenBy = (person: number) => (): void => {
  stage.world.crm.assignContact(person, stage.client.id, person);
};
const alertText = async (): Promise<string> => (await screen.findByRole('alert')).textContent ?? '';

describe('a colleague who was first', () => {
  beforeEach(() => {
    stage.world.disturbances.add(WRITE, takenBy(SELLER_B));
  });

  it('gets the client back', async () => {
    stage.openCard();
    await press(CLAIM);
    expect(await alertText()).toMatch(/Клиента раньше вас взял другой сотрудник: Борис Белов/);
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
    expect(screen.getByText('Отвечает: Борис Белов')).toBeTruthy();
  });

  it('is named with a way to hand over when the CRM does not let me give the client back', async () => {
    stage.world.disturbances.add(WRITE, 'no-rights-244');
    stage.openCard();
    await press(CLAIM);
    expect(await alertText()).toMatch(/взял другой сотрудник: Борис Белов. Вернуть клиента не получилось/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
    await press('Вернуть клиента коллеге');
    expect(await screen.findByText('Клиент передан.')).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
    await waitFor(() =>
      expect(stage.world.chat.contacts.get(String(stage.client.id))?.responsibleUserId).toBe(
        String(SELLER_B),
      ),
    );
  });
});

describe('a colleague who wrote over my claim', () => {
  it('and never hands back is told, and the client can be taken back', async () => {
    stage.openCard();
    stage.world.disturbances.add(/^GET \/api\/v4\/events/, takenBy(SELLER_B));
    await press(CLAIM);
    await waitFor(() => {
      stage.hurry();
      expect(
        screen.getByText(/Вы взяли клиента раньше, но в CRM ответственный другой: Борис Белов/),
      ).toBeTruthy();
    });
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
    expect(screen.queryByText('Вы отвечаете за клиента')).toBeNull();
    await press('Вернуть клиента себе');
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('and hands back leaves me with the client, and "mine" is not said before', async () => {
    stage.openCard();
    stage.world.disturbances.add(/^GET \/api\/v4\/events/, takenBy(SELLER_B));
    await press(CLAIM);
    await waitFor(() => expect(stage.client.responsibleUserId).toBe(SELLER_B));
    expect(screen.queryByText('Вы отвечаете за клиента')).toBeNull();
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_A);
    expect(await screen.findByText('Вы отвечаете за клиента')).toBeTruthy();
  });
});

describe('a claim whose end is unknown', () => {
  beforeEach(() => {
    stage.world.disturbances.add(WRITE, 'cut');
  });

  it('is told by itself as soon as the CRM shows it', async () => {
    stage.openCard();
    await press(CLAIM);
    expect(await alertText()).toMatch(/Неизвестно, записала ли она вас ответственным/);
    takenBy(SELLER_A)();
    expect(await screen.findByText('Вы отвечаете за клиента')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await screen.findByText(/Чат исчез у других продавцов/);
  });

  it('is told as not happened in the end, and can be pressed again', async () => {
    stage.openCard();
    await press(CLAIM);
    await waitFor(() => {
      stage.hurry();
      expect(screen.getByText(/Не получилось, ничего не изменилось/)).toBeTruthy();
    });
    expect(button(CLAIM)).toBeTruthy();
    await press(CLAIM);
    await screen.findByText(/Чат исчез у других продавцов/);
  });
});

describe('a claim that is not settled when its page is given up', () => {
  it('asks nothing more there, and is settled by the next page', async () => {
    stage.world.disturbances.add(WRITE, 'cut');
    stage.openCard();
    await press(CLAIM);
    await screen.findByRole('button', { name: 'Проверить' });
    stage.closeDesks();
    const asked = stage.requests.length;
    await press('Проверить');
    stage.hurry();
    takenBy(SELLER_A)();
    document.body.replaceChildren();
    expect(stage.requests).toHaveLength(asked);
    await stage.openCard().prepare();
    expect(await screen.findByText('Вы отвечаете за клиента')).toBeTruthy();
    await waitFor(() => expect(stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]));
  });
});

describe('a task for the former owner', () => {
  beforeEach(() => {
    stage.client.responsibleUserId = SELLER_B;
  });
  const tasks = () => [...stage.world.crm.tasks.values()];

  it('is left where the admin wants it, and asks nothing of the admin after an undo', async () => {
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

  it('is not left unless the admin wants it', async () => {
    stage.openCard({ claims: { fromColleague: 'freely' } }).look();
    await press('Забрать клиента');
    await waitFor(() => expect(stage.world.crm.notes).toHaveLength(1));
    expect(tasks()).toEqual([]);
  });
});
