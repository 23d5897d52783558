import { screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { ARTYOM, choose, dialog, dialogIsGone, openDialog, press, pressAndHear } from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const LATEST = 'Загрузить свежие роли';

/** The service saves, and each answer about roles is broken from then on. */
function loseAnswers(): void {
  const { disturbances } = stage.world;
  disturbances.add(/^PATCH/, () =>
    disturbances.add(/^PATCH/, () => disturbances.add(/^GET \/settings/, 'broken-json', Infinity)),
  );
}
async function saveUnknown(): Promise<void> {
  await openDialog(stage);
  await choose(ARTYOM, 'Менеджер');
  loseAnswers();
  await pressAndHear('Сохранить', /Неизвестно, сохранились ли роли/);
  stage.world.disturbances.clear();
  await press(LATEST);
  await dialog().findByText('Изменений нет');
}
describe('a save whose answer was lost although it arrived', () => {
  it('is not shown as another admin’s change', async () => {
    await saveUnknown();
    expect(dialog().queryByText(/изменили и вы, и другой администратор/)).toBeNull();
  });

  it('is counted in the panel', async () => {
    await saveUnknown();
    await press('Отмена');
    await dialogIsGone();
    expect(screen.getByText(/С ролью: 1 сотрудник/)).toBeTruthy();
  });
});
