import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { openChannels, press, shownChannels } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

describe('the panel of a connected account', () => {
  it('folds working channels into one line, and names the others', async () => {
    const [, wholesale] = stage.world.chat.channels;
    if (wholesale) wholesale.state = 'notEnoughMoney';
    await stage.open();
    const line = screen.getByRole('heading', { name: '2 канала, не работает: 1' });
    expect(line.closest('details')?.open).toBe(false);
    expect(openChannels()).toEqual([['Опт', 'Telegram', 'не оплачен']]);
    expect(shownChannels()).toEqual([
      ['Продажи', 'WhatsApp', 'работает'],
      ['Опт', 'Telegram', 'не оплачен'],
    ]);
  });

  it('says in one line that all channels work', async () => {
    await stage.open();
    expect(screen.getByRole('heading', { name: '2 канала, всё работает' })).toBeTruthy();
    expect(openChannels()).toEqual([]);
  });

  it.each([
    ['aStateOfNextYear', 'состояние неизвестно'],
    ['init', 'запускается'],
  ])('shows a channel in the state %s neither as working nor as down', async (state, says) => {
    const [sales] = stage.world.chat.channels;
    if (sales) sales.state = state;
    await stage.open();
    expect(openChannels()).toEqual([['Продажи', 'WhatsApp', says]]);
    expect(screen.getByRole('heading', { name: '2 канала' })).toBeTruthy();
  });

  it('shows roles and their button first, then channels, rules and the connection', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open();
    const order = [
      screen.getByRole('heading', { name: 'Роли сотрудников' }),
      screen.getByRole('button', { name: 'Выбрать' }),
      screen.getByRole('heading', { name: /^2 канала/ }),
      screen.getByRole('heading', { name: 'Как забирают клиентов' }),
      screen.getByText(/^Wazzup подключён/),
    ];
    const inPage = [...document.querySelectorAll('h3, button, p')].filter(one =>
      order.some(it => it === one),
    );
    expect(inPage).toEqual(order);
  });

  it('is in the language of the page', async () => {
    stage.world.reset({ language: 'en' });
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    await stage.open();
    expect(screen.getByRole('heading', { name: 'CRM integration' })).toBeTruthy();
    expect(shownChannels()[0]).toEqual(['Sales', 'WhatsApp', 'working']);
    expect(screen.getByText(/With a role: 2 employees/).textContent).toMatch(/Sales rep: 1.*Supervisor: 1/);
    await press('Refresh data from CRM');
    expect(await screen.findByText('Done: 5 employees. Roles stay the same.')).toBeTruthy();
  });

  it('says what to do while there are no channels, and does not offer roles', async () => {
    stage.world.chat.channels.length = 0;
    await stage.open();
    expect(screen.getByText(/Подключите канал в кабинете Wazzup/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Открыть кабинет Wazzup' }).getAttribute('href')).toMatch(
      /^https/,
    );
    expect(screen.queryByRole('button', { name: 'Выбрать' })).toBeNull();
    expect(screen.queryByText(/Роли ещё никому не назначены/)).toBeNull();
  });

  it('counts people by role, each once even if they are on several channels', async () => {
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

  it('says that no one sees chats while no one has a role', async () => {
    await stage.open();
    expect(screen.getByText(/Роли ещё никому не назначены: чаты не видит никто/)).toBeTruthy();
  });

  it('shows names of channels and admins as text, even when they contain markup', async () => {
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
});

describe('"Refresh data from CRM"', () => {
  it('says how many employees there are, and changes no roles', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    const { userRoles } = stage.world.chat.settings;
    await stage.open();
    await press('Обновить данные из CRM');
    expect(await screen.findByText('Готово: 5 сотрудников. Роли остались прежними.')).toBeTruthy();
    expect(stage.world.chat.settings.userRoles).toEqual(userRoles);
  });

  it('shows the current roles and channels', async () => {
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
    ['the chat service', /В Wazzup или на сервере сбой/, /^GET \/v3\/channels/, 'server-error'],
    ['the gateway', /подключение Wazzup этого не позволяют/, /^GET \/settings/, 'forbidden-json'],
  ])('says that %s failed, and does not say "done"', async (_service, sentence, on, fault) => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open();
    stage.world.oddities.retryAfterSeconds = 60;
    stage.world.disturbances.add(on, fault, Infinity);
    await press('Обновить данные из CRM');
    expect((await screen.findByRole('alert')).textContent).toMatch(sentence);
    expect(screen.queryByText(/Готово/)).toBeNull();
    expect(stage.world.chat.users.size).toBe(0);
  });

  it('ignores a second press while it runs', async () => {
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
