import { screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { BORIS, choose, dialog, openDialog, rows } from '../roles/dialog-steps.ts';
import { held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { press, shownChannels } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const strange = { ...held(SELLER_A, 'seller'), role: 'owner' };
const hold = (...userRoles: readonly unknown[]): void => {
  Object.assign(stage.world.chat.settings, { userRoles });
};
/** Adds an employee whose id is invalid. */
function hireWithoutId(): void {
  const seller = stage.world.crm.users.get(SELLER_A);
  if (seller) stage.world.crm.users.set(0, { ...seller, id: 0 });
}
const notice = (among: Pick<typeof screen, 'findByText'> = screen): Promise<HTMLElement> =>
  among.findByText(/^Не удалось распознать/);

describe('records that this version does not understand', () => {
  it('are left out of the panel and counted in one sentence, and all others are shown', async () => {
    hold(strange, {}, held(HEAD_OF_SALES, 'manager'));
    Object.assign(stage.world.chat, { channels: [...stage.world.chat.channels, { transport: 'whatsapp' }] });
    await stage.open();
    expect((await notice()).textContent).toBe(
      'Не удалось распознать, поэтому здесь не показано: 1 канал, 2 роли. Всё это остаётся как есть.',
    );
    expect(shownChannels()).toHaveLength(2);
    expect(screen.getByText(/С ролью: 1 сотрудник/)).toBeTruthy();
  });

  it('are left out of the dialog, and a save writes them back unchanged', async () => {
    hold(strange, held(HEAD_OF_SALES, 'manager'));
    hireWithoutId();
    await openDialog(stage);
    expect((await notice(dialog())).textContent).toMatch(/: 1 сотрудник, 1 роль\./);
    expect(rows()).toHaveLength(5);
    await choose(BORIS, 'Менеджер');
    await press('Сохранить');
    await screen.findByText(/Роли сохранены/);
    expect(stage.world.chat.settings.userRoles).toEqual([
      strange,
      held(HEAD_OF_SALES, 'manager'),
      held(SELLER_B, 'seller'),
    ]);
  });

  it('cause no notice when there are none', async () => {
    hold(held(HEAD_OF_SALES, 'manager'));
    await openDialog(stage);
    expect(screen.queryByText(/^Не удалось распознать/)).toBeNull();
  });
});
