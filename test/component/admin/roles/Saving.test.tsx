import { fireEvent, screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../../world/world.ts';
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
  saveReviewed,
  tab,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const userRoles = () => stage.world.chat.settings.userRoles;
const writes = () => stage.requests.filter(asked => asked.startsWith('PATCH'));

describe('"Save"', () => {
  it('writes the roles, adds their employees to the chat service, closes the dialog and confirms it', async () => {
    giveRoles(stage, held(SELLER_B, 'seller'));
    await openDialog(stage);
    await choose(ARTYOM, 'Руководитель');
    await choose(BORIS, 'Без роли');
    await userEvent.click(tab('Опт'));
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Без роли'));
    await choose(VERA, 'Менеджер');
    await userEvent.click(await row(VERA).findByRole('switch', { name: 'Получает новых клиентов' }));
    await saveReviewed();
    expect(await screen.findByText(/Роли сохранены. Они уже действуют в чатах Wazzup/)).toBeTruthy();
    await dialogIsGone();
    expect(userRoles()).toEqual([
      held(SELLER_A, 'manager'),
      { ...held(HEAD_OF_SALES, 'seller', WHOLESALE_CHANNEL), allowGetNewClients: false },
    ]);
    expect([...stage.world.chat.users.keys()]).toEqual([String(SELLER_A), String(HEAD_OF_SALES)]);
    expect(screen.getByText(/С ролью: 2 сотрудника/).textContent).toMatch(/Менеджер: 1Руководитель: 1$/);
  });

  it('is enabled only while something is changed', async () => {
    await openDialog(stage);
    expect(button('Сохранить').disabled).toBe(true);
    await choose(ARTYOM, 'Менеджер');
    await waitFor(() => expect(button('Сохранить').disabled).toBe(false));
    await choose(ARTYOM, 'Без роли');
    await waitFor(() => expect(button('Сохранить').disabled).toBe(true));
  });

  it('leaves the saved roles in the dialog when it is opened again', async () => {
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

  it('keeps roles of people and channels that it does not know, and the notification setting', async () => {
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

  it('cannot be changed, sent twice or closed while it runs', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    stage.world.disturbances.add(/^PATCH/, 'slow');
    await press('Сохранить');
    await waitFor(() => expect(writes()).toHaveLength(1));
    expect(button('Сохраняем…').getAttribute('aria-busy')).toBe('true');
    await press('Сохраняем…');
    const inputs = [...dialog().getAllByRole('radio'), row(ARTYOM).getByRole('switch')];
    expect(inputs.filter(input => input.getAttribute('aria-disabled') !== 'true')).toEqual([]);
    expect(button('Закрыть').disabled).toBe(true);
    fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    expect(screen.getAllByRole('dialog')).toHaveLength(1);
    stage.world.clock.advance(3000);
    await dialogIsGone();
    expect(writes()).toHaveLength(1);
    expect(screen.getByText(/Роли сохранены/)).toBeTruthy();
  });
});

describe('a large save', () => {
  const many = Array.from({ length: 249 }, (_, at) => 9001 + at);
  beforeEach(() => {
    const vera = stage.world.crm.users.get(HEAD_OF_SALES);
    if (vera) for (const id of many) stage.world.crm.users.set(id, { ...vera, id, name: `Яна ${id}` });
    giveRoles(stage, ...many.map(id => held(id, 'seller')));
  });

  it('shows its progress, can be stopped between two steps, and says what was done', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    // The first hundred is sent at once, the second waits for the clock.
    stage.world.disturbances.add(/^POST \/v3\/users/, () =>
      stage.world.disturbances.add(/^POST \/v3\/users/, () =>
        stage.world.disturbances.add(/^POST \/v3\/users/, 'slow'),
      ),
    );
    await press('Сохранить');
    await dialog().findByText(/Передаём сотрудников в Wazzup: 100 из 250/);
    await press('Остановить');
    await dialog().findByText('Останавливаем…');
    stage.world.clock.advance(3000);
    await dialog().findByText(/^Остановлено. Передано в Wazzup сотрудников: 200 из 250, роли не сохранены/);
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(stage.world.chat.users.size).toBe(200);
    expect(userRoles()).toHaveLength(249);
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toHaveLength(250);
  });
});
