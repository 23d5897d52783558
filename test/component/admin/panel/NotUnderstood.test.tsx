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
/** Somebody whose id is none. */
function hireNobody(): void {
  const somebody = stage.world.crm.users.get(SELLER_A);
  if (somebody) stage.world.crm.users.set(0, { ...somebody, id: 0 });
}
const told = (among: Pick<typeof screen, 'findByText'> = screen): Promise<HTMLElement> =>
  among.findByText(/^Не удалось распознать/);

describe('records that this version does not understand', () => {
  it('leave the panel with all the others, and are counted in one sentence', async () => {
    hold(strange, {}, held(HEAD_OF_SALES, 'manager'));
    Object.assign(stage.world.chat, { channels: [...stage.world.chat.channels, { transport: 'whatsapp' }] });
    await stage.open();
    expect((await told()).textContent).toBe(
      'Не удалось распознать, поэтому здесь не показано: 1 канал, 2 роли. Всё это остаётся как есть.',
    );
    expect(shownChannels()).toHaveLength(2);
    expect(screen.getByText(/С ролью: 1 сотрудник/)).toBeTruthy();
  });

  it('leave the dialog with all the others, and are written back as they are', async () => {
    hold(strange, held(HEAD_OF_SALES, 'manager'));
    hireNobody();
    await openDialog(stage);
    expect((await told(dialog())).textContent).toMatch(/: 1 сотрудник, 1 роль\./);
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

  it('say nothing where there are none', async () => {
    hold(held(HEAD_OF_SALES, 'manager'));
    await openDialog(stage);
    expect(screen.queryByText(/^Не удалось распознать/)).toBeNull();
  });
});
