import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { allowTab, browserTab, dialog, openTrial, press, send } from './trial-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(SELLER_A, 'seller'));
  allowTab(browserTab());
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await stage.end();
});

describe('an admin without a role on the channel', () => {
  const mine = () => stage.world.chat.roleOf(String(ADMIN), SALES_CHANNEL);

  it('becomes a supervisor with one press, and the panel shows it', async () => {
    await openTrial(stage);
    await press('Дать мне роль «Руководитель»');
    await waitFor(() => expect(dialog().queryByText(/чат вы не увидите/)).toBeNull());
    expect(mine()).toEqual(held(ADMIN, 'manager'));
    expect(stage.world.chat.users.has(String(ADMIN))).toBe(true);
    expect(stage.world.chat.settings.userRoles).toHaveLength(2);
    expect(screen.getByText(/С ролью: 2 сотрудника/)).toBeTruthy();
  });

  it('keeps the roles that another admin has saved meanwhile', async () => {
    await openTrial(stage);
    giveRoles(stage, held(SELLER_A, 'auditor'), held(SELLER_B, 'seller'));
    await press('Дать мне роль «Руководитель»');
    await waitFor(() => expect(mine()).toEqual(held(ADMIN, 'manager')));
    expect(stage.world.chat.settings.userRoles).toEqual(
      expect.arrayContaining([held(SELLER_A, 'auditor'), held(SELLER_B, 'seller')]),
    );
  });

  it('keeps the role that another admin has given them meanwhile', async () => {
    await openTrial(stage);
    giveRoles(stage, held(ADMIN, 'auditor'));
    await press('Дать мне роль «Руководитель»');
    await waitFor(() => expect(dialog().queryByText(/чат вы не увидите/)).toBeNull());
    expect(mine()).toEqual(held(ADMIN, 'auditor'));
  });

  it('sees that the role was not saved, and can still send the message', async () => {
    await openTrial(stage);
    stage.world.disturbances.add(/^PATCH \/settings/, 'forbidden-json');
    await press('Дать мне роль «Руководитель»');
    expect((await dialog().findByRole('alert')).textContent).toMatch(
      /Роль не сохранена, ничего не изменилось/,
    );
    await send();
    await dialog().findByText(/Сообщение отправлено/);
  });

  it('is directed to the dashboard when the key cannot change roles', async () => {
    stage.keyKind = 'v3';
    await openTrial(stage);
    expect(dialog().getByRole('link', { name: 'Открыть кабинет Wazzup' })).toBeTruthy();
    expect(dialog().queryByRole('button', { name: /Дать мне роль/ })).toBeNull();
  });
});
