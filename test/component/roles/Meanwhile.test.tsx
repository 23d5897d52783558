import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  button,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  reopenDialog,
  roleOf,
  row,
  says,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const LATEST = 'Показать свежие роли и мои изменения';

/** The service writes, and every answer about roles is broken from then on. */
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
  await press('Сохранить');
  await says(/Неизвестно, сохранились ли роли/);
  stage.world.disturbances.clear();
  await press(LATEST);
  await dialog().findByText('Изменений нет');
}
async function saveRefused(): Promise<void> {
  await openDialog(stage);
  await choose(ARTYOM, 'Менеджер');
  giveRoles(stage, held(SELLER_B, 'manager'));
  await press('Сохранить');
  await says(/другой администратор/);
}

describe('a save whose answer was lost and which arrived all the same', () => {
  it('is not taken for another admin’s work', async () => {
    await saveUnknown();
    expect(dialog().queryByText(/изменили и вы, и другой администратор/)).toBeNull();
  });

  it('is counted by the panel', async () => {
    await saveUnknown();
    await press('Отмена');
    await dialogIsGone();
    expect(screen.getByText(/С ролью: 1 сотрудник/)).toBeTruthy();
  });
});

describe('another admin’s save', () => {
  it('that agrees with mine leaves nothing to look at', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    giveRoles(stage, held(SELLER_A, 'seller'));
    await press('Сохранить');
    await says(/другой администратор/);
    await press(LATEST);
    await dialog().findByText('Изменений нет');
    expect(row(ARTYOM).queryByText(/изменили и вы, и другой/)).toBeNull();
  });

  it('is still there when I close the dialog and open it again', async () => {
    await saveRefused();
    await press(LATEST);
    await waitFor(() => expect(roleOf(BORIS)).toBe('Руководитель'));
    await press('Отмена');
    await userEvent.click(screen.getByRole('button', { name: 'Закрыть' }));
    await dialogIsGone();
    await reopenDialog();
    expect(roleOf(BORIS)).toBe('Руководитель');
  });

  it('can be asked for again when it could not be read', async () => {
    await saveRefused();
    stage.world.disturbances.add(/^GET \/settings/, 'forbidden-json');
    await press(LATEST);
    await says(/Шлюз Wazzup не разрешает/);
    await userEvent.click(button(LATEST));
    await waitFor(() => expect(roleOf(BORIS)).toBe('Руководитель'));
  });
});
