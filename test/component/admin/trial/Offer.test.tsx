import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A } from '../../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { ARTYOM, choose, dialogIsGone, openDialog, press, tab } from '../roles/dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const OFFER = 'Готово, роли настроены';
const offer = async () => within(await screen.findByRole('dialog', { name: OFFER }));

async function saveOn(channel: string, role: string): Promise<void> {
  await openDialog(stage);
  await userEvent.click(tab(channel));
  await choose(ARTYOM, role);
  await press('Сохранить');
  await dialogIsGone();
}

describe('the offer of a test message', () => {
  it('appears after the first save, above the panel’s own notice', async () => {
    await saveOn('Продажи', 'Менеджер');
    expect((await offer()).getByText(/с канала «Продажи»/)).toBeTruthy();
    expect(screen.getByText(/Роли сохранены/)).toBeTruthy();
    await userEvent.click((await offer()).getByRole('button', { name: 'Позже' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByText(/Роли сохранены/)).toBeTruthy();
  });

  it('is about the channel that has just got its first roles', async () => {
    giveRoles(stage, held(SELLER_A, 'seller', SALES_CHANNEL));
    await saveOn('Опт', 'Менеджер');
    expect((await offer()).getByText(/с канала «Опт»/)).toBeTruthy();
    expect((await offer()).getByRole('combobox', { name: 'Канал' })).toHaveProperty(
      'value',
      WHOLESALE_CHANNEL,
    );
  });

  it('does not appear when roles were only changed', async () => {
    giveRoles(stage, held(SELLER_A, 'seller', SALES_CHANNEL));
    await saveOn('Продажи', 'Руководитель');
    expect(await screen.findByText(/Роли сохранены/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is in English in an English account', async () => {
    stage.world.reset({ language: 'en' });
    await stage.open();
    await userEvent.click(screen.getByRole('button', { name: 'Test chats' }));
    expect(await screen.findByRole('dialog', { name: 'Test chats' })).toBeTruthy();
    expect(screen.getByText(/from the channel “Sales” to your number/)).toBeTruthy();
  });
});
