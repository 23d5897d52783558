import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { ARTYOM, choose, dialog, reopenDialog, roleOf } from '../roles/dialog-steps.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { press } from './panel-steps.ts';

const REFRESH = 'Обновить данные из CRM';
const DONE = /^Готово: \d+ сотрудн/;
const EMPLOYEES = /^GET \/api\/v4\/users/;
const CHECK = /^GET \/clients/;

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

/** Presses the button and waits for the end. */
async function refresh(): Promise<void> {
  await press(REFRESH);
  await screen.findByRole('button', { name: REFRESH }, { timeout: 5000 });
}

describe('a refresh', () => {
  it('loads employees, channels and roles again, and changes no role', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open();
    const { users } = stage.world.crm;
    const seller = users.get(SELLER_A);
    if (seller) users.set(9001, { ...seller, id: 9001, name: 'Яна Новая' });
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'));
    await refresh();
    expect(screen.getByText('Готово: 6 сотрудников. Роли остались прежними.')).toBeTruthy();
    expect(screen.getByText(/С ролью: 2 сотрудника/)).toBeTruthy();
    expect(stage.world.chat.settings.userRoles).toHaveLength(2);
  });

  it('does not mention a check where the server has none', async () => {
    await stage.open();
    await refresh();
    expect(screen.getByText(DONE)).toBeTruthy();
    expect(screen.queryByRole('list', { name: 'Данные в Wazzup' })).toBeNull();
  });

  it.each<[string, RegExp, 'forbidden-json' | 'cut', RegExp]>([
    ['Сотрудники', EMPLOYEES, 'forbidden-json', /^GET .*(api\/v4|v3\/channels|settings|connection)/],
    ['Данные в Wazzup', CHECK, 'cut', /^GET .*\/clients/],
  ])('says why the step %s failed, and repeats only that step', async (step, on, fault, requests) => {
    await stage.open();
    stage.world.disturbances.add(on, fault, Infinity);
    await refresh();
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toMatch(/Обновилось не всё/);
    expect(within(alert).getAllByRole('listitem')).toHaveLength(1);
    expect(screen.queryByText(DONE)).toBeNull();
    stage.world.disturbances.clear();
    const before = stage.requests.length;
    await press(`Повторить: ${step}`);
    expect(await screen.findByText(DONE)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    const again = stage.requests.slice(before).filter(request => !request.includes('disposable_token'));
    expect(again.length).toBeGreaterThan(0);
    for (const request of again) expect(request).toMatch(requests);
  });

  it('fails when the list of employees lacks the admin, instead of treating them as dismissed', async () => {
    await stage.open();
    const { users } = stage.world.crm;
    const admin = users.get(ADMIN);
    if (admin) users.set(9001, { ...admin, id: 9001 });
    stage.person = 9001;
    [ADMIN, SELLER_B].forEach(person => users.delete(person));
    await refresh();
    expect(screen.getByRole('alert').textContent).toMatch(/Сотрудники/);
  });

  it('keeps the choices in an open dialog', async () => {
    await stage.open();
    stage.world.disturbances.add(EMPLOYEES, 'slow');
    await press(REFRESH);
    await reopenDialog();
    await choose(ARTYOM, 'Менеджер');
    giveRoles(stage, held(SELLER_A, 'auditor'));
    stage.world.clock.advance(3000);
    await screen.findAllByText(DONE);
    expect(dialog().queryByText(ARTYOM)).toBeTruthy();
    expect(roleOf(ARTYOM)).toBe('Менеджер');
  });
});

describe('a refresh that takes long', () => {
  it('shows its current step and can be stopped, and then offers the steps that were not done', async () => {
    await stage.open();
    stage.world.disturbances.add(EMPLOYEES, 'slow');
    await press(REFRESH);
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Сотрудники'), {
      timeout: 2500,
    });
    await userEvent.click(screen.getByRole('button', { name: 'Остановить' }));
    stage.world.clock.advance(3000);
    await screen.findByText(/Обновление остановлено/);
    expect(screen.queryByText(DONE)).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    // The panel reads them once when it opens.
    expect(stage.requests.filter(request => request.includes('/clients'))).toHaveLength(1);
    for (const retry of screen.getAllByRole('button', { name: /^Повторить/ }))
      if (retry.isConnected) {
        await userEvent.click(retry);
        await screen.findByRole('button', { name: REFRESH });
      }
    expect(screen.getByText(DONE)).toBeTruthy();
  });
});
