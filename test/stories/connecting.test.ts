/** From an account that never saw the widget to a connected one, and back. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, NAMES, openCard, openSettings } from './office.ts';
import { stages, type Stage } from './stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  admin = await stage.open('office');
});
afterEach(() => stage.close());

const check = async (address: string): Promise<void> => {
  await admin.getByRole('textbox', { name: names.address }).fill(address);
  await admin.getByRole('button', { name: names.check }).click();
};
const verdict = (sentence: RegExp): Promise<void> => admin.getByRole('alert').getByText(sentence).waitFor();

describe('"Check"', () => {
  beforeEach(async () => {
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.install }).click();
  });

  it('tells a wrong address, a refused token, a weak key and a key that is not accepted apart', async () => {
    stage.world.oddities.tokenLifetimeSeconds = -3600;
    await check(stage.gatewayAddress);
    await verdict(/Не удалось подключиться.*не принял подпись CRM/);
    stage.world.oddities.tokenLifetimeSeconds = 1800;

    await check('our gateway');
    await verdict(/не похоже на адрес шлюза/);
    await check(stage.gatewayAddress.replace('gateway', 'nobody'));
    await verdict(/Не удалось подключиться.*Шлюз Wazzup не отвечает/);

    stage.keyKind = 'sidecar';
    await check(stage.gatewayAddress);
    await verdict(/Этого ключа Wazzup недостаточно/);

    stage.keyKind = 'partner';
    stage.world.disturbances.add(/^GET \/(settings|v3\/channels)/, 'unauthorized', Infinity);
    await check(stage.gatewayAddress);
    await verdict(/Wazzup не принял ключ шлюза/);
    stage.world.disturbances.clear();

    await check(stage.gatewayAddress);
    await admin.getByRole('button', { name: names.select }).waitFor();
    expect(await admin.getByRole('alert').count()).toBe(0);
  });

  it('finds an account without channels connected, and says what to do next', async () => {
    stage.world.chat.channels.length = 0;
    await check(stage.gatewayAddress);
    await admin.getByText(/В Wazzup пока нет каналов/).waitFor();
    expect(await admin.getByRole('button', { name: names.select }).count()).toBe(0);
  });
});

describe('the CRM’s own buttons', () => {
  it('install, keep and turn off the widget', async () => {
    await connect(admin, stage, names);
    await expect.poll(() => stage.world.crm.integration.fields['custom']).toContain(stage.gatewayAddress);
    await admin.getByRole('dialog').waitFor({ state: 'detached' });
    await admin.getByRole('button', { name: names.widget }).click();
    await admin.getByText(`Подключено к ${stage.gatewayAddress}`).waitFor();

    const client = stage.world.clientWrites();
    const seller = await stage.open('seller-a');
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).waitFor();

    await admin.getByRole('button', { name: 'Отключить' }).click();
    await expect.poll(() => stage.world.crm.integration.active).toBe(false);
    await openCard(seller, client.id);
    await seller.getByRole('heading', { name: client.name }).waitFor();
    expect(await seller.getByRole('button', { name: names.claim }).count()).toBe(0);

    await admin.getByRole('button', { name: names.widget }).click();
    await admin.getByText('Нажмите «Установить»: после этого здесь можно подключить Wazzup.').waitFor();
    await admin.getByRole('button', { name: names.install }).click();
    await admin.getByText(`Подключено к ${stage.gatewayAddress}`).waitFor();
  });
});
