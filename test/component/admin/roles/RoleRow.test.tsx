import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  VERA,
  choose,
  dialog,
  openDialog,
  press,
  receivesNewClients,
  roleOf,
  row,
  rows,
  says,
  tab,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

describe('the rows', () => {
  it('list every employee, with deactivated ones last and marked', async () => {
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.isActive = false;
    await openDialog(stage);
    const people = [ARTYOM, VERA, 'Ничьи клиенты', 'Ольга Крылова', BORIS];
    people.forEach(name => row(name));
    expect(rows().map(one => people.findIndex(name => one.textContent.startsWith(name)))).toEqual([
      0, 1, 2, 3, 4,
    ]);
    expect(screen.getAllByText('Доступ в CRM отключён')).toEqual([
      row(BORIS).getByText('Доступ в CRM отключён'),
    ]);
  });

  it('offer four roles to each employee, and show the current one', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'manager'), held(HEAD_OF_SALES, 'auditor'));
    await openDialog(stage);
    expect([ARTYOM, BORIS, VERA, 'Ольга Крылова'].map(roleOf)).toEqual([
      'Менеджер',
      'Руководитель',
      'Контроль качества',
      'Без роли',
    ]);
    for (const one of rows()) {
      const group = within(one).getByRole('radiogroup', { name: /^Роль: / });
      for (const role of ['Без роли', 'Менеджер', 'Руководитель', 'Контроль качества']) {
        expect(within(group).getByRole('radio', { name: role })).toHaveProperty('disabled', false);
      }
    }
  });

  it('are in the language of the page', async () => {
    stage.world.reset({ language: 'en' });
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    const group = within(row('Adam Archer').getByRole('radiogroup', { name: 'Role: Adam Archer' }));
    expect(group.getAllByRole('radio').map(radio => radio.getAttribute('aria-label'))).toEqual([
      'No role',
      'Sales rep',
      'Supervisor',
      'Quality control',
    ]);
    expect(row('Adam Archer').getByRole('switch', { name: 'Receives new clients' })).toBeTruthy();
  });

  it('show names as text, even when they contain markup', async () => {
    const hostile = '<img src=x onerror=alert(1)> & {{name}} $t(roles.save)';
    const artyom = stage.world.crm.users.get(SELLER_A);
    if (artyom) artyom.name = hostile;
    const [sales] = stage.world.chat.channels;
    if (sales) stage.world.chat.channels[0] = { ...sales, name: hostile };
    await openDialog(stage);
    expect(dialog().getByRole('radiogroup', { name: `Роль: ${hostile}` })).toBeTruthy();
    expect(dialog().getByText(hostile, { selector: '[role=row] *' })).toBeTruthy();
    expect(tab(hostile)).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
  });

  it('can be loaded again when the CRM did not send them', async () => {
    stage.world.disturbances.add(/^GET \/api\/v4\/users/, 'forbidden-json');
    await openDialog(stage);
    await says(/Для этого не хватает ваших прав в CRM/);
    await press('Попробовать ещё раз');
    expect(await dialog().findAllByRole('row')).toHaveLength(1 + 5);
  });
});

describe('a chosen role', () => {
  it.each([
    ['Менеджер', true],
    ['Руководитель', false],
    ['Контроль качества', null],
    ['Без роли', null],
  ])('%s sets its default for the switch of new clients (on: %s)', async (role, switched) => {
    giveRoles(stage, held(SELLER_B, role === 'Менеджер' ? 'auditor' : 'seller'));
    await openDialog(stage);
    await choose(BORIS, role);
    await waitFor(() => expect(receivesNewClients(BORIS)).toBe(switched));
    expect(roleOf(BORIS)).toBe(role);
  });

  it('marks the row as changed until it is reverted', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    expect(await row(ARTYOM).findByText('Изменено')).toBeTruthy();
    expect(dialog().getByText('1 изменение')).toBeTruthy();
    await choose(ARTYOM, 'Без роли');
    expect(await dialog().findByText('Изменений нет')).toBeTruthy();
    expect(screen.queryByText('Изменено')).toBeNull();
  });

  it('applies to its own channel only, and is kept when another channel is opened', async () => {
    giveRoles(stage, held(SELLER_B, 'auditor', WHOLESALE_CHANNEL));
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await userEvent.click(tab('Опт'));
    await waitFor(() => expect(roleOf(BORIS)).toBe('Контроль качества'));
    expect(roleOf(ARTYOM)).toBe('Без роли');
    expect(tab('Опт').getAttribute('aria-selected')).toBe('true');
    await choose(ARTYOM, 'Руководитель');
    expect(await dialog().findByText('2 изменения')).toBeTruthy();
    await userEvent.click(tab('Продажи'));
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Менеджер'));
    expect(roleOf(BORIS)).toBe('Без роли');
  });
});
