/** From a new account to a connected one, and back. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAddress } from '../mocks/wazzup/wauth.ts';
import { MARKETPLACE } from '../sandbox/outside-services.ts';
import {
  connect,
  connectWithKey,
  keyOf,
  NAMES,
  openCard,
  openSettings,
  travel,
} from '../support/crm-steps.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  admin = await stage.open('office');
  await openSettings(admin, names);
});
afterEach(() => stage.close());

const install = (): Promise<void> => admin.getByRole('button', { name: names.install }).click();
const alert = (sentence: RegExp): Promise<void> => admin.getByRole('alert').getByText(sentence).waitFor();

describe('a key', () => {
  const look = async (key: string): Promise<void> => {
    await admin.getByLabel(names.key).fill(key);
    await admin.getByRole('button', { name: names.look }).click();
  };
  beforeEach(async () => {
    await install();
    await admin.getByText(names.another).click();
  });

  it('that is refused or cannot be checked gets its own sentence, and nothing is saved', async () => {
    await look('a key that nobody issued');
    await alert(/Ничего не сохранено и не изменилось. Wazzup не принимает этот ключ/);
    stage.world.disturbances.add(/^GET \/v3\/channels/, 'cut', Infinity);
    await look(keyOf(stage, 'partner'));
    await alert(/Ничего не сохранено и не изменилось/);
    stage.world.disturbances.clear();
    stage.world.disturbances.add(/^POST \/connection/, 'cut', Infinity);
    await look(keyOf(stage, 'partner'));
    await alert(/не отвечает/);
    stage.world.disturbances.clear();
    expect(await admin.getByText(names.connected).count()).toBe(0);
  });

  it('shows what it gives access to, and connects nothing before a confirmation', async () => {
    await look(keyOf(stage, 'sidecar'));
    await admin.getByRole('heading', { name: 'Это ваш аккаунт Wazzup?' }).waitFor();
    await admin.getByText('Заработают только каналы и тестовые сообщения').waitFor();
    await admin.getByText('Продажи').waitFor();
    await admin.getByRole('button', { name: names.cancel }).click();
    await admin.getByRole('button', { name: names.connect }).waitFor();
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.connect }).waitFor();
    expect(await admin.getByText(names.connected).count()).toBe(0);
  });

  it('of an account without channels is connected, and the panel says what to do next', async () => {
    stage.world.chat.channels.length = 0;
    await look(keyOf(stage, 'partner'));
    await admin.getByRole('button', { name: names.accept }).click();
    await admin.getByText(names.connected).waitFor();
    await admin.getByText(/В Wazzup пока нет каналов/).waitFor();
    expect(await admin.getByRole('button', { name: names.select }).count()).toBe(0);
  });
});

describe('"Connect Wazzup"', () => {
  it('opens the service’s own window, whose page asks for consent, and the panel continues by itself', async () => {
    await install();
    await travel(admin, names);
    await admin.getByText('Роли здесь видны, а меняются в кабинете Wazzup').waitFor();
    expect(await admin.getByRole('alert').count()).toBe(0);
  });

  it('connects nothing when the admin declines', async () => {
    await install();
    const tab = await travel(admin, names, 'no');
    await tab.getByText('Ничего не подключено и не изменилось').waitFor();
    await admin.getByRole('button', { name: names.cancel }).click();
    await openSettings(admin, names);
    await admin.getByRole('button', { name: names.connect }).waitFor();
    expect(await admin.getByText(names.connected).count()).toBe(0);
  });

  it('shows the channels of a foreign account, so that the admin can decline it', async () => {
    await install();
    const foreign = stage.world.openChat();
    const [channel] = foreign.channels;
    if (channel) foreign.channels.splice(0, 2, { ...channel, name: 'Чужой канал' });
    const popup = admin.waitForEvent('popup');
    await admin.getByRole('button', { name: names.connect }).click();
    const tab = await popup;
    await tab.getByRole('button', { name: names.inService }).waitFor();
    const { marketplaces } = stage.world.partners;
    marketplaces.set(MARKETPLACE.crmCode, {
      ...MARKETPLACE,
      authRedirectUri: `${stage.gatewayAddress}/connect/wazzup`,
    });
    await tab.goto(connectAddress(stage.world.seenFromChat(foreign), MARKETPLACE.crmCode).href);
    await tab.getByText('Чужой канал').waitFor();
    await tab.getByText('Если эти каналы вам незнакомы, выберите «Нет»').waitFor();
    const focused = await tab.evaluate(() => document.activeElement?.textContent);
    expect(focused?.trim()).toBe('Нет');
  });

  it('replaces an account only after a confirmation', async () => {
    await install();
    await connectWithKey(admin, names, keyOf(stage, 'partner'));
    await admin.getByRole('button', { name: 'Подключить другой аккаунт' }).click();
    await admin.getByRole('button', { name: 'Оставить нынешний аккаунт' }).click();
    await admin.getByText('Роли настраиваются здесь').waitFor();
    await admin.getByRole('button', { name: 'Подключить другой аккаунт' }).click();
    await admin.getByText(names.another).click();
    await admin.getByLabel(names.key).fill(keyOf(stage, 'sidecar'));
    await admin.getByRole('button', { name: names.look }).click();
    await admin.getByText('Сейчас подключён другой аккаунт Wazzup. Этот его заменит.').waitFor();
    await admin.getByRole('button', { name: names.accept }).click();
    await admin.getByText('только для каналов и тестовых сообщений').waitFor();
    expect(await admin.getByRole('button', { name: names.select }).count()).toBe(0);
  });
});

describe('an account without the CRM’s grant to the server', () => {
  it('links to the consent page, and continues after the consent', async () => {
    stage.world.crm.integration.status = 'installed';
    stage.world.crm.integration.active = true;
    await openSettings(admin, names);
    await alert(/CRM не сообщила серверу об установке/);
    const popup = admin.waitForEvent('popup');
    await admin.getByRole('link', { name: 'Открыть доступ в CRM' }).click();
    const consent = await popup;
    await consent.getByRole('button', { name: 'Allow' }).click();
    await consent.getByText(/Доступ открыт|Access given/).waitFor();
    await admin.getByRole('button', { name: 'Попробовать ещё раз' }).click();
    await admin.getByRole('button', { name: names.connect }).waitFor();
    expect(stage.world.crm.oauth.grants).toHaveLength(1);
  });

  it('says that the grant has ended, and what still works', async () => {
    await install();
    await connectWithKey(admin, names, keyOf(stage, 'partner'));
    await stage.endGrants();
    await openSettings(admin, names);
    await alert(/CRM больше не пускает сервер. Роли и чаты работают как прежде/);
    expect(await admin.getByRole('button', { name: names.select }).isEnabled()).toBe(true);
  });
});

describe('the CRM’s own buttons', () => {
  it('install and turn off the widget, and the connection is kept', async () => {
    await connect(admin, stage, names);
    const client = stage.world.clientWrites();
    // The responsible user has left: the client is free.
    client.responsibleUserId = 99_999;
    const seller = await stage.open('seller-a');
    await openCard(seller, client.id);
    await seller.getByRole('button', { name: names.claim }).waitFor();

    await admin.getByRole('button', { name: 'Отключить', exact: true }).click();
    await expect.poll(() => stage.world.crm.integration.active).toBe(false);
    await openCard(seller, client.id);
    await seller.getByRole('heading', { name: client.name }).waitFor();
    expect(await seller.getByRole('button', { name: names.claim }).count()).toBe(0);

    await admin.getByRole('button', { name: names.widget }).click();
    await admin.getByText('Нажмите «Установить»: после этого здесь можно подключить Wazzup.').waitFor();
    await install();
    await admin.getByText(names.connected).waitFor();
  });
});

describe('"Disconnect Wazzup"', () => {
  it('says what is deleted and kept, and changes nothing in Wazzup', async () => {
    await install();
    await connectWithKey(admin, names, keyOf(stage, 'partner'));
    const before = JSON.stringify(stage.world.chat.settings);
    await admin.getByRole('button', { name: 'Отключить Wazzup' }).click();
    await admin.getByText('Сразу удаляется: ключ Wazzup', { exact: true }).waitFor();
    await admin.getByText(/^Хранится до \d\d\.\d\d\.\d{4}.*записи истории: \d/).waitFor();
    await admin.getByText(/^Остаётся в Wazzup/).waitFor();
    await admin.getByText(/останутся как есть/).waitFor();
    await admin.getByRole('status').getByRole('button', { name: 'Отключить Wazzup' }).click();
    await admin.getByRole('button', { name: names.connect }).waitFor();
    expect(JSON.stringify(stage.world.chat.settings)).toBe(before);
  });
});
