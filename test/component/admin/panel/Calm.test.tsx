/** The panel shows only the newest result: a new one replaces the one before. */
import { screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ARTYOM, choose, dialogIsGone, press as pressInDialog, reopenDialog } from '../roles/dialog-steps.ts';
import { settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { press } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const news = () =>
  screen
    .getAllByRole('status')
    .filter(one => one.matches('.notice') && !one.closest('details, dialog'))
    .map(one => one.textContent);

it('the panel replaces the result of a refresh with the result of a save of roles', async () => {
  stage.world.chat.channels.length = 1;
  await stage.open();
  await press('Обновить данные из CRM');
  await screen.findByText(/^Готово: 5 сотрудников/);
  expect(news()).toEqual([expect.stringMatching(/^Готово: 5 сотрудников/)]);

  await reopenDialog();
  await choose(ARTYOM, 'Руководитель');
  await pressInDialog('Сохранить');
  await dialogIsGone();
  expect(news()).toEqual([expect.stringMatching(/^Роли сохранены/)]);
  expect(screen.queryByText(/^Готово: 5 сотрудников/)).toBeNull();
});
