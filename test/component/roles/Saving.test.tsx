import { fireEvent, screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../world/world.ts';
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
  reopenDialog,
  roleOf,
  row,
  says,
  tab,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const LATEST = 'Показать свежие роли и мои изменения';
const ALSO_CHANGED = /Эту роль изменили и вы, и другой администратор/;

const userRoles = () => stage.world.chat.settings.userRoles;
const writes = () => stage.requests.filter(asked => asked.startsWith('PATCH'));

describe('"Save"', () => {
  it('writes the roles, makes their people known, closes and tells', async () => {
    giveRoles(stage, held(SELLER_B, 'seller'));
    await openDialog(stage);
    await choose(ARTYOM, 'Руководитель');
    await choose(BORIS, 'Без роли');
    await userEvent.click(tab('Опт'));
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Без роли'));
    await choose(VERA, 'Менеджер');
    await userEvent.click(await row(VERA).findByRole('switch', { name: 'Получает новых клиентов' }));
    await press('Сохранить');
    expect(await screen.findByText(/Роли сохранены. Они уже действуют в чатах Wazzup/)).toBeTruthy();
    await dialogIsGone();
    expect(userRoles()).toEqual([
      held(SELLER_A, 'manager'),
      { ...held(HEAD_OF_SALES, 'seller', WHOLESALE_CHANNEL), allowGetNewClients: false },
    ]);
    expect([...stage.world.chat.users.keys()]).toEqual([String(SELLER_A), String(HEAD_OF_SALES)]);
    expect(screen.getByText(/С ролью: 2 сотрудника/).textContent).toMatch(/Менеджер: 1Руководитель: 1$/);
  });

  it('can be pressed only when something is changed', async () => {
    await openDialog(stage);
    expect(button('Сохранить').disabled).toBe(true);
    await choose(ARTYOM, 'Менеджер');
    await waitFor(() => expect(button('Сохранить').disabled).toBe(false));
    await choose(ARTYOM, 'Без роли');
    await waitFor(() => expect(button('Сохранить').disabled).toBe(true));
  });

  it('lets the next dialog open on what was saved', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await press('Сохранить');
    await dialogIsGone();
    await reopenDialog();
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    await choose(BORIS, 'Менеджер');
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toEqual([held(SELLER_A, 'seller'), held(SELLER_B, 'seller')]);
  });

  it('leaves people, channels and notifications alone that it does not know', async () => {
    const strangers = [held(777, 'auditor'), held(SELLER_A, 'manager', 'a-channel-that-was-closed')];
    stage.world.chat.settings = { pushInputOutputMessageEventsForManagers: true, userRoles: strangers };
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await press('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings).toEqual({
      pushInputOutputMessageEventsForManagers: true,
      userRoles: [...strangers, held(SELLER_A, 'seller')],
    });
  });

  it('lets nothing be changed, sent twice or left while it runs', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    stage.world.disturbances.add(/^PATCH/, 'slow');
    await press('Сохранить');
    await waitFor(() => expect(writes()).toHaveLength(1));
    expect(button('Сохраняем…').getAttribute('aria-busy')).toBe('true');
    await press('Сохраняем…');
    const inputs = [...dialog().getAllByRole('radio'), row(ARTYOM).getByRole('switch')];
    expect(inputs.filter(input => !input.hasAttribute('disabled'))).toEqual([]);
    expect(button('Отмена').disabled).toBe(true);
    fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
    stage.world.clock.advance(3000);
    await dialogIsGone();
    expect(writes()).toHaveLength(1);
    expect(screen.getByText(/Роли сохранены/)).toBeTruthy();
  });
});

describe('roles that another admin saved meanwhile', () => {
  beforeEach(() => giveRoles(stage, held(SELLER_A, 'seller')));

  it('stay as they are: my changes are not written, not lost, and I am told', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await choose(VERA, 'Менеджер');
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'manager'));
    await press('Сохранить');
    await says(/роли сохранил другой администратор.*не записаны и не потеряны/);
    expect(roleOf(ARTYOM)).toBe('Контроль качества');
    expect(userRoles()).toEqual([held(SELLER_A, 'seller'), held(SELLER_B, 'manager')]);
  });

  it('come on screen under my changes, and a second save writes both', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await choose(VERA, 'Менеджер');
    giveRoles(stage, held(SELLER_A, 'manager'), held(SELLER_B, 'manager'));
    await press('Сохранить');
    await says(/роли сохранил другой администратор/);
    await press(LATEST);
    expect(await row(ARTYOM).findByText(ALSO_CHANGED)).toBeTruthy();
    expect(screen.getAllByText(ALSO_CHANGED)).toHaveLength(1);
    expect([ARTYOM, BORIS, VERA].map(roleOf)).toEqual(['Контроль качества', 'Руководитель', 'Менеджер']);
    expect(dialog().queryByRole('alert')).toBeNull();
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toHaveLength(3);
    expect(userRoles()).toEqual(
      expect.arrayContaining([
        held(SELLER_A, 'auditor'),
        held(SELLER_B, 'manager'),
        held(HEAD_OF_SALES, 'seller'),
      ]),
    );
  });

  it('cannot be saved over when they hold one that we do not know', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await choose(VERA, 'Менеджер');
    const theirs = [{ ...held(SELLER_B, 'seller'), role: 'owner' }];
    Object.assign(stage.world.chat.settings, { userRoles: theirs });
    await press('Сохранить');
    await says(/роли сохранил другой администратор/);
    await press(LATEST);
    await says(/Роли не сохранены.*не удалось прочитать/);
    await press('Сохранить');
    await says(/роли сохранил другой администратор/);
    expect(roleOf(ARTYOM)).toBe('Контроль качества');
    expect(userRoles()).toEqual(theirs);
  });
});
