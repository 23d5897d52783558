import { screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SELLER_A } from '../../../world/people.ts';
import { settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { allowTab, browserTab } from '../trial/trial-steps.ts';
import { press } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  stage.keyKind = 'v3';
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await stage.end();
});

const SET_HERE = 'Настраивать роли здесь';
const offered = () => screen.queryByRole('button', { name: SET_HERE });
const PATIENT = { timeout: 6000 };

describe('the button that lets roles be set here', () => {
  it.each(['none', 'given'] as const)('is hidden when the server says "%s"', async roles => {
    stage.standing.roles = roles;
    await stage.open();
    expect(offered()).toBeNull();
  });

  it('is hidden from an employee', async () => {
    stage.standing.roles = 'offered';
    stage.person = SELLER_A;
    await stage.open();
    expect(offered()).toBeNull();
  });

  it('opens Wazzup’s page in another tab, and the panel continues by itself once access is given', async () => {
    stage.standing.roles = 'offered';
    const tab = browserTab();
    allowTab(tab);
    await stage.open();
    await press(SET_HERE);
    await screen.findByText(/Продолжите на вкладке Wazzup и разрешите доступ/);
    expect(tab.location.replace).toHaveBeenCalledWith('https://gateway.example.com/connect/a-journey');
    stage.standing.roles = 'given';
    stage.keyKind = 'partner';
    expect(await screen.findByText(/Роли настраиваются здесь/, undefined, PATIENT)).toBeTruthy();
    expect(offered()).toBeNull();
  });

  it('shows a link when the browser opens no tab, and a way to cancel', async () => {
    stage.standing.roles = 'offered';
    allowTab(null);
    await stage.open();
    await press(SET_HERE);
    expect(await screen.findByRole('link', { name: /Вкладка не открылась/ })).toBeTruthy();
    await press('Отмена');
    expect(offered()).toBeTruthy();
  });

  it('says that the connection did not start, and can be pressed again', async () => {
    stage.standing.roles = 'offered';
    const tab = browserTab();
    allowTab(tab);
    await stage.open();
    stage.world.disturbances.add(/^POST \/connection\/journey/, 'cut', Infinity);
    await press(SET_HERE);
    expect((await screen.findByRole('alert', undefined, PATIENT)).textContent).toContain(
      'Не удалось подключить',
    );
    expect(tab.close).toHaveBeenCalledTimes(1);
    stage.world.disturbances.clear();
    await press(SET_HERE);
    await screen.findByText(/Продолжите на вкладке Wazzup/);
    await press('Отмена');
  });

  it('is shown again once Wazzup no longer allows it', async () => {
    stage.standing.roles = 'ended';
    await stage.open();
    expect(screen.getByRole('alert').textContent).toContain('Wazzup больше не даёт настраивать роли здесь');
    expect(offered()).toBeTruthy();
  });
});
