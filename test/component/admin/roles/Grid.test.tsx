import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A } from '../../../world/people.ts';
import { giveRoles, held, savedWith, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  button,
  choose,
  dialog,
  openDialog,
  receivesNewClients,
  roleOf,
  row,
  rows,
  VERA,
} from './dialog-steps.ts';
import { checkbox, focusedRow, keys, search, ticked } from './grid-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

describe('the keys in the grid', () => {
  beforeEach(() => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    // All others are new and are listed first.
    savedWith(stage, SELLER_A);
  });

  it('move the focus up and down, stop at the ends, and change nothing', async () => {
    await openDialog(stage);
    checkbox(BORIS).focus();
    await keys('{ArrowDown}');
    expect(focusedRow()).toBe(VERA);
    await keys('{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(focusedRow()).toBe(BORIS);
    await keys('{End}');
    expect(focusedRow()).toBe(ARTYOM);
    await keys('{ArrowDown}{Home}{PageDown}');
    expect(focusedRow()).toBe(ARTYOM);
    expect(dialog().getByText('Изменений нет')).toBeTruthy();
    expect(
      dialog()
        .getAllByRole<HTMLInputElement>('checkbox')
        .some(one => one.checked),
    ).toBe(false);
  });

  it('stay in the column when they move the focus up and down', async () => {
    await openDialog(stage);
    row(BORIS).getByRole('radio', { name: 'Без роли' }).focus();
    await keys('{End}');
    expect(document.activeElement).toBe(row(ARTYOM).getByRole('radio', { name: 'Менеджер' }));
    await keys('{Home}');
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(roleOf(BORIS)).toBe('Без роли');
  });

  it('choose a role with the left and right arrows, and leave the radio group at its left end', async () => {
    await openDialog(stage);
    checkbox(BORIS).focus();
    await keys('{ArrowRight}');
    expect(document.activeElement).toBe(row(BORIS).getByRole('radio', { name: 'Без роли' }));
    expect(dialog().getByText('Изменений нет')).toBeTruthy();
    await keys('{ArrowRight}{ArrowRight}');
    expect(roleOf(BORIS)).toBe('Руководитель');
    await keys('{ArrowLeft}{ArrowLeft}');
    expect(roleOf(BORIS)).toBe('Без роли');
    await keys('{ArrowLeft}');
    expect(document.activeElement).toBe(checkbox(BORIS));
  });

  it('set a role with its digit and toggle the switch, also in a Russian layout', async () => {
    await openDialog(stage);
    checkbox(BORIS).focus();
    const roles: string[] = [];
    for (const digit of ['1', '2', '3', '0']) {
      await keys(`[Digit${digit}]`);
      roles.push(roleOf(BORIS));
    }
    expect(roles).toEqual(['Менеджер', 'Руководитель', 'Контроль качества', 'Без роли']);
    await keys('[Digit1]');
    expect(receivesNewClients(BORIS)).toBe(true);
    await userEvent.setup({ keyboardMap: [{ code: 'KeyN', key: 'т' }] }).keyboard('[KeyN]');
    expect(receivesNewClients(BORIS)).toBe(false);
    expect(document.activeElement).toBe(checkbox(BORIS));
  });

  it('keep the focus on the row when its focused switch disappears', async () => {
    await openDialog(stage);
    row(ARTYOM).getByRole('switch').focus();
    await keys('[Digit3]');
    expect(receivesNewClients(ARTYOM)).toBeNull();
    await waitFor(() =>
      expect(document.activeElement).toBe(row(ARTYOM).getByRole('radio', { name: 'Контроль качества' })),
    );
  });

  it('tick with the space bar, and tick all with Ctrl+A', async () => {
    await openDialog(stage);
    checkbox(BORIS).focus();
    await keys(' ');
    expect(ticked()).toEqual([BORIS]);
    await keys('{Control>}a{/Control}');
    expect(ticked()).toHaveLength(5);
    await keys('{Control>}a{/Control}');
    expect(ticked()).toEqual([]);
  });

  it('move the focus to the search, which takes typed keys as text', async () => {
    await openDialog(stage);
    checkbox(BORIS).focus();
    await keys('[Slash]');
    expect(document.activeElement).toBe(search());
    await keys('/1');
    expect(search()).toHaveProperty('value', '/1');
    expect(dialog().getByText('Изменений нет')).toBeTruthy();
  });

  it('move the focus to the search from anywhere in the dialog with Ctrl+F', async () => {
    await openDialog(stage);
    button('Отмена').focus();
    await userEvent.setup().keyboard('{Control>}[KeyF]{/Control}');
    expect(document.activeElement).toBe(search());
  });

  it('are listed on "?" in a dialog that can be closed', async () => {
    await openDialog(stage);
    checkbox(BORIS).focus();
    await keys('{Shift>}[Slash]{/Shift}');
    const list = within(await screen.findByRole('dialog', { name: 'Горячие клавиши' }));
    expect(list.getByText('0, 1, 2, 3')).toBeTruthy();
    await userEvent.click(list.getByRole('button', { name: 'Закрыть' }));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Горячие клавиши' })).toBeNull());
  });

  it('make only one row reachable with Tab', async () => {
    await openDialog(stage);
    checkbox(VERA).focus();
    const reached = () =>
      rows()
        .filter(one => one.querySelector('[tabindex="0"]'))
        .map(one => one.getAttribute('aria-label')?.split(',')[0]);
    await waitFor(() => expect(reached()).toEqual([VERA]));
  });
});

describe('a row', () => {
  it('is labelled with the name, the position and the role', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'auditor'));
    await openDialog(stage);
    expect(
      dialog()
        .getByRole('row', { name: /^Артём/ })
        .getAttribute('aria-label'),
    ).toMatch(/^Артём Алексеев, строка \d из 5, Менеджер, получает новых клиентов$/);
    await choose(BORIS, 'Руководитель');
    expect(
      dialog()
        .getByRole('row', { name: /^Борис/ })
        .getAttribute('aria-label'),
    ).toMatch(/^Борис Белов, строка \d из 5, Руководитель, изменено$/);
  });
});
