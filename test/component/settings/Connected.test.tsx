import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptChanges } from '../../../widget/roles/model/kept-changes.ts';
import { refreshMemory } from '../../../widget/settings/last-refresh.ts';
import { createPanelModel } from '../../../widget/settings/model.ts';
import { Panel } from '../../../widget/settings/Panel.tsx';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../world/world.ts';
import { servicesOf } from '../../unit/services.ts';
import { crmPage } from '../crm-page.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { show } from '../show.tsx';
import { press, shownChannels } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

describe('the panel of a connected account', () => {
  it('shows each channel with its messenger, and names those that do not work', async () => {
    const [, wholesale] = stage.world.chat.channels;
    if (wholesale) wholesale.state = 'notEnoughMoney';
    await stage.open();
    expect(shownChannels()).toEqual([
      ['Продажи', 'WhatsApp', 'работает'],
      ['Опт', 'Telegram', 'не оплачен'],
    ]);
  });

  it('takes no channel for working whose state it does not know', async () => {
    const [sales] = stage.world.chat.channels;
    if (sales) sales.state = 'aStateOfNextYear';
    await stage.open();
    expect(shownChannels()[0]).toEqual(['Продажи', 'WhatsApp', 'состояние неизвестно']);
  });

  it('speaks the language of the page', async () => {
    stage.world.reset({ language: 'en' });
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    await stage.open();
    expect(screen.getByRole('heading', { name: 'CRM integration' })).toBeTruthy();
    expect(shownChannels()[0]).toEqual(['Sales', 'WhatsApp', 'works']);
    expect(screen.getByText(/With a role: 2 employees/).textContent).toMatch(/Sales rep: 1.*Supervisor: 1/);
    await press('Refresh data from CRM');
    expect(await screen.findByText('Done: 5 employees. Roles do not change.')).toBeTruthy();
  });

  it('says what to do while there are no channels, and offers no roles', async () => {
    stage.world.chat.channels.length = 0;
    await stage.open();
    expect(screen.getByText(/Подключите канал в кабинете Wazzup/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Открыть кабинет Wazzup' }).getAttribute('href')).toMatch(
      /^https/,
    );
    expect(screen.queryByRole('button', { name: 'Выбрать' })).toBeNull();
    expect(screen.queryByText(/Роли ещё никому не назначены/)).toBeNull();
  });

  it('counts people by role, each once however many channels he is on', async () => {
    giveRoles(
      stage,
      held(SELLER_A, 'seller'),
      held(SELLER_A, 'seller', WHOLESALE_CHANNEL),
      held(SELLER_B, 'seller'),
      held(HEAD_OF_SALES, 'manager'),
    );
    await stage.open();
    const glance = screen.getByText(/С ролью: 3 сотрудника/).textContent;
    expect(glance).toMatch(/Менеджер: 2Руководитель: 1$/);
  });

  it('says that nobody sees any chats while nobody has a role', async () => {
    await stage.open();
    expect(screen.getByText(/Роли ещё никому не назначены: чаты не видит никто/)).toBeTruthy();
  });

  it('shows names of channels and admins as text, whatever is in them', async () => {
    stage.person = SELLER_A;
    const hostile = '<img src=x onerror=alert(1)> & {{names}} $t(panel.title)';
    const admin = stage.world.crm.users.get(ADMIN);
    if (admin) admin.name = hostile;
    const [sales] = stage.world.chat.channels;
    if (sales) stage.world.chat.channels[0] = { ...sales, name: hostile };
    await stage.open();
    expect(screen.getByText(`Менять настройки может только администратор CRM: ${hostile}.`)).toBeTruthy();
    expect(shownChannels()[0]?.[0]).toBe(hostile);
    expect(document.querySelector('img')).toBeNull();
  });

  it('says that the page is to be reloaded when the roles’ part cannot be loaded, and stays usable', async () => {
    const { records, chat } = servicesOf(stage.world);
    const own = { chatUrl: stage.world.options.gatewayOrigin };
    const model = createPanelModel({
      page: crmPage(stage, { own }),
      records,
      connect: () => chat,
      defaultChatUrl: '',
      loadRoles: () => Promise.reject(new Error('Script error')),
      loadTrial: () => Promise.reject(new Error('Script error')),
      memory: refreshMemory(() => localStorage, { account: '1', person: '2' }),
      drafts: keptChanges(() => localStorage, { account: '1', person: '2', kind: 'draft' }),
      lastSaved: keptChanges(() => localStorage, { account: '1', person: '2', kind: 'saved' }),
      signal: new AbortController().signal,
    });
    show(<Panel model={model} />);
    await model.start();
    await press('Выбрать');
    expect((await screen.findByRole('alert')).textContent).toMatch(/Не удалось загрузить виджет/);
    expect(screen.getByRole('button', { name: 'Выбрать' }).getAttribute('aria-busy')).toBe('false');
  });
});

describe('"Refresh data from CRM"', () => {
  it('sends the names of people with roles to the chat service, says how many employees there are, and leaves the roles alone', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    const { userRoles } = stage.world.chat.settings;
    await stage.open();
    const seller = stage.world.crm.users.get(SELLER_A);
    if (seller) seller.name = 'Артём Яковлев';
    await press('Обновить данные из CRM');
    expect(await screen.findByText('Готово: 5 сотрудников. Роли не меняются.')).toBeTruthy();
    expect([...stage.world.chat.users.values()]).toEqual([
      { id: String(SELLER_A), name: 'Артём Яковлев' },
      { id: String(HEAD_OF_SALES), name: 'Вера Волкова' },
    ]);
    expect(stage.world.chat.settings.userRoles).toEqual(userRoles);
  });

  it('shows roles and channels as they are by then', async () => {
    await stage.open();
    giveRoles(stage, held(SELLER_B, 'auditor'));
    stage.world.chat.channels.length = 1;
    await press('Обновить данные из CRM');
    await screen.findByText(/Готово/);
    expect(screen.getByText(/С ролью: 1 сотрудник/).textContent).toMatch(/Контроль качества: 1$/);
    expect(shownChannels()).toHaveLength(1);
  });

  it.each<[string, RegExp, RegExp, 'too-many' | 'server-error' | 'forbidden-json']>([
    ['the CRM', /Слишком много запросов к CRM/, /^GET \/api\/v4\/users/, 'too-many'],
    ['the chat service', /В Wazzup или в шлюзе сбой/, /^POST \/v3\/users/, 'server-error'],
    ['the gateway', /Шлюз Wazzup не разрешает/, /^GET \/settings/, 'forbidden-json'],
  ])('says that %s failed, and never "done"', async (_service, sentence, on, fault) => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open();
    stage.world.oddities.retryAfterSeconds = 60;
    stage.world.disturbances.add(on, fault);
    await press('Обновить данные из CRM');
    expect((await screen.findByRole('alert')).textContent).toMatch(sentence);
    expect(screen.queryByText(/Готово/)).toBeNull();
    expect(stage.world.chat.users.size).toBe(0);
  });

  it('takes no second press while it runs', async () => {
    await stage.open();
    const before = stage.requests.length;
    stage.world.disturbances.add(/^GET \/api\/v4\/users/, 'slow');
    await press('Обновить данные из CRM');
    await press('Обновляем…');
    await waitFor(() => expect(stage.requests.slice(before).join()).toMatch(/api\/v4\/users/));
    stage.world.clock.advance(3000);
    await screen.findByText(/Готово/);
    expect(stage.requests.slice(before).filter(asked => asked.includes('/api/v4/users'))).toHaveLength(1);
  });
});
