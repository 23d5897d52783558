/** The dialog of a large account, whose employees load page by page. */
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { employees, HEAD_OF_SALES } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  button,
  choose,
  dialog,
  dialogIsGone,
  press,
  reopenDialog,
  roleOf,
  row,
} from './dialog-steps.ts';

const SIZE = 600;
/** On the second page of three. */
const LATE = { id: 8400, name: 'Яна Поздняя' };

let stage: SettingsStage;
let opening: Promise<unknown>;
/** Lets the delayed page arrive, and the pages after it. */
let letCome: () => void;

const onScreen = (words: string | RegExp) => dialog().findByText(words, { exact: false });
const SOME = 'Загружаем сотрудников: 250 из 600';
const search = () => dialog().getByRole<HTMLInputElement>('searchbox');

/** The first page has arrived, the second one is delayed; the dialog is open. */
beforeEach(async () => {
  stage = settingsStage();
  const { crm } = stage.world;
  for (const user of employees(SIZE, 'ru')) crm.users.set(user.id, user);
  const late = crm.users.get(LATE.id);
  if (late) late.name = LATE.name;
  giveRoles(stage, held(HEAD_OF_SALES, 'manager'), held(LATE.id, 'auditor'));
  const gate = new Promise<void>(resolve => {
    letCome = resolve;
  });
  stage.world.disturbances.add(/^GET \/api\/v4\/users\?page=2/, () => gate);
  opening = stage.open();
  await screen.findByRole('button', { name: 'Выбрать' });
  await reopenDialog();
  await onScreen(SOME);
});
afterEach(async () => {
  letCome();
  await opening;
  await stage.end();
});

describe('while employees are still loading', () => {
  it('the loaded ones are listed and can be searched, and none counts as missing from the CRM', async () => {
    row(ARTYOM);
    await userEvent.type(search(), 'артем');
    expect(await onScreen('1 из 250')).toBeTruthy();
    await userEvent.clear(search());
    await userEvent.type(search(), String(LATE.id));
    expect(await onScreen('Никого не нашли')).toBeTruthy();
  });

  it('"Save" and the CSV file wait for the others', async () => {
    await choose(ARTYOM, 'Менеджер');
    await onScreen('1 изменение');
    expect(button('Сохранить').disabled).toBe(true);
    expect(button('Скачать CSV').disabled).toBe(true);
    letCome();
    await waitFor(() => expect(button('Сохранить').disabled).toBe(false));
    expect(button('Скачать CSV').disabled).toBe(false);
    expect(dialog().queryByText(/Загружаем сотрудников/)).toBeNull();
  });

  it('the dialog can be closed', async () => {
    await press('Отмена');
    await dialogIsGone();
    expect(screen.getByRole('button', { name: 'Выбрать' })).toBeTruthy();
  });
});

describe('once all employees are loaded', () => {
  it('the search, ticks, choices and focus are as they were', async () => {
    await userEvent.type(search(), 'ал');
    await choose(ARTYOM, 'Менеджер');
    const tick = row(ARTYOM).getByRole<HTMLInputElement>('checkbox');
    await userEvent.click(tick);
    letCome();
    await waitFor(() => expect(dialog().queryByText(/Загружаем сотрудников/)).toBeNull());
    expect(search().value).toBe('ал');
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(row(ARTYOM).getByRole<HTMLInputElement>('checkbox').checked).toBe(true);
    expect(document.activeElement).toBe(row(ARTYOM).getByRole('checkbox'));
    expect(await onScreen(/из 600/)).toBeTruthy();
  });

  it('a save keeps the role of an employee who was loaded late', async () => {
    await choose(ARTYOM, 'Менеджер');
    letCome();
    await waitFor(() => expect(button('Сохранить').disabled).toBe(false));
    await userEvent.click(button('Сохранить'));
    const review = screen.queryByRole('dialog', { name: 'Что изменится' });
    if (review) await userEvent.click(within(review).getByRole('button', { name: 'Сохранить' }));
    await dialogIsGone();
    const roles = stage.world.chat.settings.userRoles.map(({ userId, role }) => `${userId} ${role}`);
    expect(roles.some(one => one === `${LATE.id} auditor`)).toBe(true);
    expect(roles.some(one => one.startsWith('8002 '))).toBe(true);
  });

  it('an employee who was loaded late has their own role', async () => {
    letCome();
    await waitFor(() => expect(dialog().queryByText(/Загружаем сотрудников/)).toBeNull());
    await userEvent.type(search(), 'поздняя');
    await waitFor(() => expect(roleOf(LATE.name)).toBe('Контроль качества'));
  });
});
