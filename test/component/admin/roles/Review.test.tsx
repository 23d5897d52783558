import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  VERA,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  roleOf,
  tab,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const OLGA = 'Ольга Крылова';
const TITLE = 'Что изменится';
const review = () => within(screen.getByRole('dialog', { name: TITLE }));
const queryReview = () => screen.queryByRole('dialog', { name: TITLE });
const inReview = (name: string | RegExp) => userEvent.click(review().getByRole('button', { name }));
const people = () =>
  review()
    .getAllByRole('listitem')
    .filter(one => one.hasAttribute('aria-label'));
const person = (name: string) => within(review().getByRole('listitem', { name }));

describe('the review', () => {
  it('shows each person’s old and new role by channel, and who sees more or fewer chats', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'manager'));
    await openDialog(stage);
    await choose(ARTYOM, 'Руководитель');
    await choose(BORIS, 'Менеджер');
    await press(TITLE);
    expect(people().map(one => one.getAttribute('aria-label'))).toEqual([BORIS, ARTYOM]);
    const artyom = person(ARTYOM);
    expect(artyom.getByText('Продажи: Менеджер → Руководитель, новых клиентов: да → нет')).toBeTruthy();
    expect(
      artyom.getByText('Начнёт видеть чаты: клиентов коллег, клиентов уволившихся сотрудников (Продажи).'),
    ).toBeTruthy();
    expect(
      person(BORIS).getByText(/^Перестанет видеть чаты: клиентов коллег, .*\(Продажи\)\.$/),
    ).toBeTruthy();
    expect(review().getByText(/Изменения коснутся 2 сотрудников\..*часть чатов: Борис Белов\./)).toBeTruthy();
  });

  it('reverts one change and keeps the others', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await choose(BORIS, 'Менеджер');
    await press(TITLE);
    await inReview(/^Не менять Артём/);
    await waitFor(() => expect(people()).toHaveLength(1));
    expect([ARTYOM, BORIS].map(roleOf)).toEqual(['Менеджер', 'Менеджер']);
    await inReview(/^Не менять Борис/);
    expect(await review().findByText('Изменений нет')).toBeTruthy();
    expect(review().getByRole('button', { name: 'Сохранить' })).toHaveProperty('disabled', true);
  });

  it('saves the roles', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await press(TITLE);
    await inReview('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'seller')]);
  });

  it('lists the admin’s own role first, marked as theirs', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await choose(OLGA, 'Руководитель');
    await press(TITLE);
    expect(people().map(one => one.getAttribute('aria-label'))).toEqual([OLGA, ARTYOM]);
    expect(person(OLGA).getByText('Это вы')).toBeTruthy();
    expect(person(ARTYOM).queryByText('Это вы')).toBeNull();
  });

  it('shows fifty people, and all of them on request', async () => {
    stage.world.reset({ size: 80 });
    await openDialog(stage);
    await userEvent.click(dialog().getByRole('checkbox', { name: 'Отметить всех в списке' }));
    await userEvent.click(
      within(screen.getByRole('group', { name: 'Что сделать с отмеченными' })).getByRole('button', {
        name: 'Менеджер',
      }),
    );
    await press(TITLE);
    expect(people()).toHaveLength(50);
    await inReview('Показать всех: 80');
    await waitFor(() => expect(people()).toHaveLength(80));
  });

  it('is not offered while nothing is changed', async () => {
    await openDialog(stage);
    expect(dialog().queryByRole('button', { name: TITLE })).toBeNull();
  });
});

describe('"Save"', () => {
  it.each([
    ['an employee stops seeing some chats', BORIS, 'Менеджер'],
    ['the admin’s own role changes', OLGA, 'Менеджер'],
  ])('shows the review first when %s', async (_, name, role) => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'manager'));
    await openDialog(stage);
    await choose(name, role);
    await press('Сохранить');
    expect(person(name).getByText(/→ Менеджер/)).toBeTruthy();
    expect(stage.requests.filter(asked => asked.startsWith('PATCH'))).toEqual([]);
    await inReview('Вернуться к ролям');
    await waitFor(() => expect(queryReview()).toBeNull());
    expect(roleOf(name)).toBe(role);
    await press('Сохранить');
    await inReview('Сохранить');
    await dialogIsGone();
    const saved = stage.world.chat.settings.userRoles;
    expect(saved).toContainEqual(held(name === BORIS ? SELLER_B : ADMIN, 'seller'));
  });

  it('saves at once when no one sees fewer chats', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    await choose(ARTYOM, 'Руководитель');
    await choose(BORIS, 'Менеджер');
    await press('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toHaveLength(2);
  });

  it('asks only one question when a channel loses its last employee and some chats are hidden from them', async () => {
    giveRoles(stage, held(SELLER_A, 'manager'));
    await openDialog(stage);
    await choose(ARTYOM, 'Без роли');
    await press('Сохранить');
    const question = within(screen.getByRole('dialog', { name: 'Оставить канал без ответа?' }));
    expect(question.getByText('Продажи: Руководитель → Без роли')).toBeTruthy();
    await userEvent.click(question.getByRole('button', { name: 'Всё равно сохранить' }));
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([]);
  });
});

describe('a review that becomes incomplete because another admin saves', () => {
  it('is shown again with the new warning before anything is written', async () => {
    giveRoles(stage, held(SELLER_A, 'manager'), held(SELLER_B, 'seller'));
    await openDialog(stage);
    await choose(ARTYOM, 'Без роли');
    await press('Сохранить');
    giveRoles(stage, held(SELLER_A, 'manager'), held(SELLER_B, 'auditor'));
    await inReview('Сохранить');
    const question = within(await screen.findByRole('dialog', { name: 'Оставить канал без ответа?' }));
    expect(question.getByText('Больше никто не сможет отвечать клиентам здесь: «Продажи».')).toBeTruthy();
    expect(stage.world.chat.settings.userRoles).toHaveLength(2);
    await userEvent.click(question.getByRole('button', { name: 'Всё равно сохранить' }));
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_B, 'auditor')]);
  });
});

describe('changes on several channels', () => {
  it('are reverted channel by channel', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_A, 'seller', WHOLESALE_CHANNEL));
    await openDialog(stage);
    await userEvent.click(tab('Все каналы'));
    await choose(ARTYOM, 'Руководитель');
    await choose(VERA, 'Менеджер');
    await press(TITLE);
    await inReview(/^Не менять Артём Алексеев, Опт/);
    await waitFor(() => expect(person(ARTYOM).getAllByRole('listitem')).toHaveLength(1));
    await inReview('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual(
      expect.arrayContaining([held(SELLER_A, 'manager'), held(SELLER_A, 'seller', WHOLESALE_CHANNEL)]),
    );
  });
});
