import { waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  button,
  dialog,
  openDialog,
  press,
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

describe('a large account', () => {
  const FILTERS = /^Фильтры и сортировка/;
  beforeEach(() => stage.world.reset({ size: 40 }));
  const openFilters = () => userEvent.click(dialog().getByRole('button', { name: FILTERS }));

  it('can be filtered and searched together, with a count of the matches', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    await openDialog(stage);
    await openFilters();
    await userEvent.selectOptions(dialog().getByLabelText('Группа'), 'Поддержка');
    await userEvent.click(dialog().getByLabelText('Отключённых в CRM'));
    const gone = [...stage.world.crm.users.values()].filter(one => !one.isActive && one.groupId !== 0);
    expect(await dialog().findByText(`${gone.length} из 40`)).toBeTruthy();
    expect(rows()).toHaveLength(gone.length);
    expect(dialog().getByRole('button', { name: 'Фильтры и сортировка: 2' })).toBeTruthy();
    await press('Сбросить фильтры');
    expect(rows()).toHaveLength(40);
    expect(document.activeElement).toBe(dialog().getByRole('combobox', { name: /^Роль/ }));
    await userEvent.selectOptions(dialog().getByRole('combobox', { name: /^Роль/ }), 'Руководитель');
    expect(rows()).toHaveLength(1);
    row(VERA);
  });

  it('can be sorted by group', async () => {
    await openDialog(stage);
    await openFilters();
    await userEvent.selectOptions(dialog().getByLabelText('Сортировка'), 'По группам');
    const groups = () =>
      dialog()
        .getAllByRole('row')
        .flatMap(one => /Отдел продаж|Поддержка/.exec(one.textContent ?? '')?.[0] ?? []);
    await waitFor(() => {
      const inOrder = groups();
      expect(inOrder).toEqual([...inOrder].sort());
      expect(new Set(inOrder).size).toBe(2);
    });
  });

  it('keeps its ticks during a search, and says how many ticked employees are not shown', async () => {
    await openDialog(stage);
    await userEvent.click(checkbox(ARTYOM));
    await userEvent.type(search(), 'белов');
    await userEvent.click(checkbox(BORIS));
    expect(dialog().getByText('Отмечены 2 сотрудника, из них не показан 1')).toBeTruthy();
    const bulk = within(dialog().getByRole('group', { name: 'Что сделать с отмеченными' }));
    await userEvent.click(bulk.getByRole('button', { name: 'Менеджер' }));
    await userEvent.click(bulk.getByRole('button', { name: 'Не получают новых' }));
    await userEvent.clear(search());
    expect([roleOf(ARTYOM), roleOf(BORIS), roleOf(VERA)]).toEqual(['Менеджер', 'Менеджер', 'Без роли']);
    expect([receivesNewClients(ARTYOM), receivesNewClients(BORIS)]).toEqual([false, false]);
    await press('Снять отметки');
    expect(ticked()).toEqual([]);
    expect(document.activeElement?.closest('[role=grid]')).toBeTruthy();
  });

  it('keeps a row in place while its role is changed under a filter by role', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    await openFilters();
    await userEvent.selectOptions(dialog().getByRole('combobox', { name: /^Роль/ }), 'Менеджер');
    row(ARTYOM).getByRole('radio', { name: 'Менеджер' }).focus();
    await keys('[Digit0]');
    expect(roleOf(ARTYOM)).toBe('Без роли');
    expect(focusedRow()).toBe(ARTYOM);
  });

  it('moves the focus to the next row when a refresh removes the focused one', async () => {
    await openDialog(stage);
    checkbox(BORIS).focus();
    const next = within(
      rows()[rows().findIndex(one => one.contains(document.activeElement)) + 1] ?? dialog().getByRole('grid'),
    );
    const label = next.getByRole('checkbox').getAttribute('aria-label');
    stage.world.crm.users.delete(8003);
    button('Обновить данные из CRM').click();
    await waitFor(() => expect(dialog().queryByRole('row', { name: /^Борис Белов/ })).toBeNull());
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe(label));
  });
});

describe('an account of five employees', () => {
  it('has no filters', async () => {
    await openDialog(stage);
    expect(dialog().queryByRole('button', { name: /Фильтры/ })).toBeNull();
    expect(rows()).toHaveLength(5);
  });
});
