import { screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { press, shownChannels } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

describe('the panel of an account that cannot be loaded', () => {
  it('says why, and loads on "Try again"', async () => {
    stage.world.disturbances.add(/^GET \/v3\/channels/, 'unauthorized', Infinity);
    await stage.open();
    expect(screen.getByRole('alert').textContent).toMatch(/^Wazzup больше не принимает ключ/);
    expect(screen.queryByRole('button', { name: 'Выбрать' })).toBeNull();
    stage.world.disturbances.clear();
    await press('Попробовать ещё раз');
    expect(await screen.findByRole('button', { name: 'Выбрать' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('lets the admin change the address of their own server', async () => {
    await stage.open({ own: { chatUrl: 'https://gateway.example.com/old' } });
    await press('Подключить другой аккаунт');
    const field = screen.getByLabelText(/^Адрес своего сервера/);
    await userEvent.clear(field);
    await userEvent.type(field, 'https://gateway.example.com{Enter}');
    expect(await screen.findByRole('button', { name: 'Выбрать' })).toBeTruthy();
    expect(stage.offered()).toMatchObject({ chatUrl: 'https://gateway.example.com' });
  });
});

describe('an employee who is not an admin', () => {
  it('sees channels, counts and the name of the admin, and can change nothing', async () => {
    stage.person = SELLER_A;
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open();
    expect(screen.getByText('Менять настройки может только администратор CRM: Ольга Крылова.')).toBeTruthy();
    expect(shownChannels()).toHaveLength(2);
    expect(screen.getByText(/С ролью: 1 сотрудник/)).toBeTruthy();
    expect(screen.queryAllByRole('button')).toEqual([]);
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(stage.requests.filter(asked => asked.includes('/api/v4/users'))).toEqual([]);
  });

  it('is not asked for a server’s address', async () => {
    stage.person = SELLER_A;
    await stage.open({ own: {} });
    expect(screen.getByText(/Менять настройки может только администратор CRM/)).toBeTruthy();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(stage.requests).toEqual([]);
  });
});
