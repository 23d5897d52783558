/** What has just happened stands in one place; what happened before folds away. */
import { screen, within } from '@testing-library/preact';
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

it('folds what a refresh found under its time once roles are saved', async () => {
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
  const time = screen.getByText(/^Обновлено сегодня/);
  const past = time.closest('details');
  expect(past?.open).toBe(false);
  expect(within(past ?? time).getByText(/^Готово: 5 сотрудников/)).toBeTruthy();
});
