import { screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A } from '../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { cleanup } from '../show.tsx';
import { press } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  localStorage.clear();
  stage = settingsStage();
});
afterEach(() => stage.end());

const own = () => ({ own: { chatUrl: stage.world.options.gatewayOrigin } });
async function refresh(): Promise<void> {
  await press('Обновить данные из CRM');
  await screen.findByText(/^(Готово|Обновилось не всё)/);
}

describe('the time of the last refresh', () => {
  const time = () => screen.queryByText(/\(на этом компьютере\)/)?.textContent;

  it('is shown when the settings are opened again', async () => {
    await stage.open(own());
    expect(time()).toBeUndefined();
    await refresh();
    // What has just happened needs no time.
    expect(time()).toBeUndefined();
    cleanup();
    await stage.open(own());
    expect(time()).toMatch(/^Обновлено сегодня в \d\d:\d\d \(на этом компьютере\)$/);
  });

  it('names what was left undone', async () => {
    await stage.open(own());
    stage.world.disturbances.add(/^GET \/clients/, 'cut', Infinity);
    await refresh();
    cleanup();
    await stage.open(own());
    expect(time()).toMatch(/^Обновляли сегодня в .*Не закончено: Данные в Wazzup$/);
  });

  it('leaves no names on the computer', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open(own());
    await refresh();
    expect(localStorage).toHaveLength(1);
    expect(localStorage.getItem(localStorage.key(0) ?? '')).toMatch(/^[\w\s":,.{}[\]-]+$/);
  });
});
