import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  choose,
  dialog,
  onChannel,
  openDialog,
  roleOf,
  row,
  said,
  tab,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const everywhere = () => userEvent.click(tab('Все каналы'));

describe('the tab "All channels"', () => {
  it('counts the roles of an employee who has different ones, and sets one role on all channels', async () => {
    giveRoles(
      stage,
      held(SELLER_A, 'seller'),
      held(SELLER_B, 'manager'),
      held(SELLER_B, 'manager', WHOLESALE_CHANNEL),
    );
    await openDialog(stage);
    await everywhere();
    expect(said(ARTYOM)).toBe('Без роли: 1, Менеджер: 1');
    expect(said(BORIS)).toBe('Руководитель');
    await choose(ARTYOM, 'Руководитель');
    expect(said(ARTYOM)).toBe('Руководитель, изменено');
    expect(onChannel('Опт', ARTYOM).getByRole('radio', { name: 'Руководитель' })).toHaveProperty(
      'checked',
      true,
    );
    await userEvent.click(tab('Опт'));
    expect(roleOf(ARTYOM)).toBe('Руководитель');
  });

  it('unfolds an employee to their channels, each with its own role and switch', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    await everywhere();
    const counts = row(ARTYOM).getByRole('button', { name: /^Роль: / });
    await userEvent.click(counts);
    expect(onChannel('Продажи', ARTYOM).getByRole('switch')).toHaveProperty('checked', true);
    await userEvent.click(onChannel('Опт', ARTYOM).getByRole('radio', { name: 'Контроль качества' }));
    expect(said(ARTYOM)).toBe('Менеджер: 1, Контроль качества: 1, изменено');
    expect(onChannel('Продажи', ARTYOM).getByRole('radio', { name: 'Менеджер' })).toHaveProperty(
      'checked',
      true,
    );
    await userEvent.click(counts);
    expect(counts.getAttribute('aria-expanded')).toBe('false');
    expect(dialog().queryByRole('row', { name: /^Опт: / })).toBeNull();
  });

  it('is navigated with the arrow keys, and a digit sets the role on the focused channel', async () => {
    await openDialog(stage);
    await everywhere();
    row(ARTYOM)
      .getByRole('button', { name: /^Роль: / })
      .focus();
    await userEvent.keyboard('{Enter}{ArrowDown}{ArrowDown}{ArrowDown}[Digit2]');
    expect(document.activeElement).toBe(onChannel('Опт', ARTYOM).getByRole('radio', { name: 'Без роли' }));
    expect(said(ARTYOM)).toBe('Без роли: 1, Руководитель: 1, изменено');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(row(BORIS).getByRole('button', { name: /^Роль: / }));
  });
});

describe('nine or more channels', () => {
  it('are chosen from a list instead of tabs', async () => {
    const { channels } = stage.world.chat;
    const [first] = channels;
    if (first)
      for (const at of [3, 4, 5, 6, 7, 8, 9])
        channels.push({ ...first, channelId: `${first.channelId.slice(0, -2)}1${at}`, name: `Филиал ${at}` });
    giveRoles(stage, held(SELLER_A, 'seller', channels.at(-1)?.channelId));
    await openDialog(stage);
    expect(dialog().queryByRole('tablist')).toBeNull();
    expect(said(ARTYOM)).toBe('Без роли: 8, Менеджер: 1');
    await userEvent.selectOptions(dialog().getByRole('combobox', { name: /^Канал/ }), 'Филиал 9 (WhatsApp)');
    expect([ARTYOM, BORIS].map(roleOf)).toEqual(['Менеджер', 'Без роли']);
  });
});
