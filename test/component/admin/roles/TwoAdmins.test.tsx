import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  VERA,
  button,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  roleOf,
  row,
  says,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
});
afterEach(() => stage.end());

const LATEST = 'Загрузить свежие роли';
const BOTH = /^Эти роли изменили и вы, и другой администратор/;
const userRoles = () => stage.world.chat.settings.userRoles;
const side = (name: string) => within(dialog().getByRole('listitem', { name }));

describe('another admin’s save', () => {
  it('of other roles is kept together with my changes, and a notice says so', async () => {
    await openDialog(stage);
    await choose(BORIS, 'Менеджер');
    giveRoles(stage, held(SELLER_A, 'auditor'), held(HEAD_OF_SALES, 'manager'));
    await press('Сохранить');
    expect(
      await screen.findByText(/другой администратор изменил 1 роль. Эти изменения сохранены/),
    ).toBeTruthy();
    await dialogIsGone();
    expect(userRoles()).toEqual([
      held(SELLER_A, 'auditor'),
      held(HEAD_OF_SALES, 'manager'),
      held(SELLER_B, 'seller'),
    ]);
  });

  it('that makes the same changes as mine leaves nothing to write', async () => {
    await openDialog(stage);
    await choose(BORIS, 'Менеджер');
    giveRoles(stage, ...userRoles(), held(SELLER_B, 'seller'));
    await press('Сохранить');
    await dialogIsGone();
    expect(stage.requests.filter(asked => asked.startsWith('PATCH'))).toEqual([]);
    expect(userRoles()).toHaveLength(3);
  });

  it('asks for a confirmation when it and my changes together leave a channel without an answer', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'auditor'));
    await press('Сохранить');
    expect(await screen.findByRole('dialog', { name: 'Оставить канал без ответа?' })).toBeTruthy();
    expect(userRoles()).toEqual([held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'auditor')]);
  });

  it('with an unknown role is kept as it is, and a notice counts the unknown roles', async () => {
    await openDialog(stage);
    await choose(BORIS, 'Менеджер');
    const theirs = [held(SELLER_A, 'seller'), { ...held(HEAD_OF_SALES, 'manager'), role: 'owner' }];
    Object.assign(stage.world.chat.settings, { userRoles: theirs });
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toEqual([...theirs, held(SELLER_B, 'seller')]);
    expect(await screen.findByText(/^Не удалось распознать.*: 1 роль\./)).toBeTruthy();
  });

  it('that is faster each time stops my save with a notice, and the new roles can be loaded', async () => {
    await openDialog(stage);
    await choose(BORIS, 'Менеджер');
    let saves = 0;
    stage.world.disturbances.add(
      /^PATCH/,
      () => giveRoles(stage, held(HEAD_OF_SALES, (saves += 1) % 2 ? 'auditor' : 'manager')),
      Infinity,
    );
    await press('Сохранить');
    await says(/роли сохранил другой администратор.*ещё не сохранены, но не потеряны/);
    expect(userRoles()).toEqual([held(HEAD_OF_SALES, 'auditor')]);
    stage.world.disturbances.clear();
    stage.world.disturbances.add(/^GET \/settings/, 'forbidden-json');
    await press(LATEST);
    await says(/подключение Wazzup этого не позволяют/);
    await press(LATEST);
    await waitFor(() => expect(roleOf(VERA)).toBe('Контроль качества'));
    expect([roleOf(ARTYOM), roleOf(BORIS)]).toEqual(['Без роли', 'Менеджер']);
  });
});

describe('a role that both admins changed', () => {
  async function contest(): Promise<void> {
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await choose(BORIS, 'Контроль качества');
    giveRoles(stage, held(SELLER_A, 'manager'), held(HEAD_OF_SALES, 'manager'), held(SELLER_B, 'seller'));
    await press('Сохранить');
    await says(BOTH);
  }

  it('is shown with both versions, and nothing can be saved until one is chosen', async () => {
    await contest();
    expect(button('Сохранить').disabled).toBe(true);
    const theirs = side(ARTYOM);
    theirs.getByText(/Было: Менеджер, получает новых клиентов/);
    theirs.getByText('Видит все чаты канала и не пишет.');
    theirs.getByText('Видит все чаты канала и отвечает в них.');
    expect(row(ARTYOM).getByText(/Эту роль изменили и вы, и другой администратор/)).toBeTruthy();
    expect([roleOf(ARTYOM), roleOf(VERA)]).toEqual(['Контроль качества', 'Руководитель']);
    expect(userRoles().find(one => one.userId === String(SELLER_A))).toEqual(held(SELLER_A, 'manager'));
  });

  it('is resolved one by one', async () => {
    await contest();
    await userEvent.click(side(ARTYOM).getByRole('button', { name: 'Оставить мой вариант' }));
    await userEvent.click(await side(BORIS).findByRole('button', { name: 'Взять вариант коллеги' }));
    await waitFor(() => expect(dialog().queryByRole('alert')).toBeNull());
    expect([roleOf(ARTYOM), roleOf(BORIS)]).toEqual(['Контроль качества', 'Менеджер']);
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toEqual([
      held(HEAD_OF_SALES, 'manager'),
      held(SELLER_B, 'seller'),
      held(SELLER_A, 'auditor'),
    ]);
  });

  it.each([
    ['Оставить все мои варианты', ['Контроль качества', 'Контроль качества'], '2 изменения'],
    ['Взять все варианты коллеги', ['Руководитель', 'Менеджер'], 'Изменений нет'],
  ])('is resolved together with all others by “%s”, which can be undone', async (name, roles, left) => {
    await contest();
    await press(name);
    await waitFor(() => expect(dialog().queryByRole('alert')).toBeNull());
    expect([roleOf(ARTYOM), roleOf(BORIS)]).toEqual(roles);
    expect(dialog().getByText(left)).toBeTruthy();
    await press('Отменить');
    expect(await dialog().findByRole('alert')).toBeTruthy();
    expect([roleOf(ARTYOM), roleOf(BORIS)]).toEqual(['Контроль качества', 'Контроль качества']);
  });
});
