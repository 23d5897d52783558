import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SELLER_A } from '../../../world/people.ts';
import type { KeyKind } from '../../../world/chat.ts';
import { settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { allowTab, browserTab } from '../trial/trial-steps.ts';
import { press } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await stage.end();
});

/** A failed read is repeated after a pause, up to twice. */
const PATIENT = { timeout: 4000 };
const keyOf = (wanted: KeyKind): string =>
  [...stage.world.chat.keys].find(([, kind]) => kind === wanted)?.[0] ?? '';
const openUnconnected = () => {
  stage.keyKind = null;
  return stage.open();
};
const look = async (key: string): Promise<void> => {
  const field = screen.getByLabelText(/^Ключ Wazzup/);
  await userEvent.clear(field);
  await userEvent.type(field, key);
  await press('Посмотреть, что он открывает');
};
const heading = (name: string) => screen.findByRole('heading', { name }, PATIENT);

describe('a widget that is not installed', () => {
  it('asks to install it first, and sends no request', async () => {
    await stage.open({ installed: false });
    expect(screen.getByText(/Нажмите «Установить»/)).toBeTruthy();
    expect(stage.requests).toEqual([]);
  });
});

describe('an account with an unsafe address of its own server', () => {
  it.each(['http://evil.example', 'javascript:alert(1)', 'https://a:b@evil.example'])(
    'sends no token to %s',
    async chatUrl => {
      await stage.open({ own: { chatUrl } });
      expect(screen.getByLabelText(/^Адрес своего сервера/)).toHaveProperty('value', chatUrl);
      expect(stage.requests).toEqual([]);
    },
  );
});

describe('an account that the server does not know yet', () => {
  it('is waited for as long as the CRM usually takes', async () => {
    stage.standing.isHeard = false;
    stage.keyKind = null;
    const opened = stage.open();
    await waitFor(() => expect(stage.requests.length).toBeGreaterThan(1), PATIENT);
    stage.standing.isHeard = true;
    await opened;
    expect(await heading('Подключение Wazzup')).toBeTruthy();
  });

  it('shows what to do, and loads once the server knows the account', async () => {
    stage.standing.isHeard = false;
    await stage.open();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/CRM не сообщила серверу об установке. Ничего не потеряно/);
    expect(within(alert).getByRole('link', { name: 'Открыть доступ в CRM' }).getAttribute('href')).toBe(
      'https://gateway.example.com/allow?from=https://crm.amocrm.ru',
    );
    stage.standing.isHeard = true;
    await press('Попробовать ещё раз');
    expect(await heading('Интеграция с CRM')).toBeTruthy();
  });
});

describe('an account without a chat service', () => {
  it('offers one way at once, and the other ways folded', async () => {
    await openUnconnected();
    expect(screen.getByRole('button', { name: 'Подключить Wazzup' })).toBeTruthy();
    expect(screen.getByText('Другой способ').closest('details')).toHaveProperty('open', false);
    expect(screen.queryByText('Интеграция с CRM')).toBeNull();
  });

  it('shows the other ways unfolded where the server is not a partner of Wazzup', async () => {
    stage.standing.ways = ['key'];
    await openUnconnected();
    expect(screen.queryByRole('button', { name: 'Подключить Wazzup' })).toBeNull();
    expect(screen.queryByText('Другой способ')).toBeNull();
    expect(screen.getByLabelText(/^Ключ Wazzup/).closest('details')).toBeNull();
  });

  it('says to an employee that an admin can connect it', async () => {
    stage.person = SELLER_A;
    await openUnconnected();
    expect(screen.getByText(/Подключить его здесь может администратор/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('"Connect Wazzup"', () => {
  it('opens Wazzup in another tab, and the panel continues by itself when Wazzup is connected', async () => {
    const tab = browserTab();
    allowTab(tab);
    await openUnconnected();
    await press('Подключить Wazzup');
    await screen.findByText(/Продолжите во вкладке Wazzup/);
    expect(tab.location.replace).toHaveBeenCalledWith('https://gateway.example.com/connect/a-journey');
    stage.keyKind = 'v3';
    stage.standing.since += 1;
    expect(await heading('Интеграция с CRM')).toBeTruthy();
  });

  it('shows a link when the browser opens no tab, and a way to cancel', async () => {
    allowTab(null);
    await openUnconnected();
    await press('Подключить Wazzup');
    const link = await screen.findByRole('link', { name: /Вкладка не открылась/ });
    expect(link.getAttribute('href')).toBe('https://gateway.example.com/connect/a-journey');
    await press('Отмена');
    expect(screen.getByRole('button', { name: 'Подключить Wazzup' })).toBeTruthy();
  });
});

describe('a key', () => {
  it.each<[KeyKind, RegExp, RegExp]>([
    ['partner', /Роли будут настраиваться в CRM/, /Роли настраиваются здесь/],
    ['sidecar', /Заработают только каналы/, /только для каналов и тестовых сообщений/],
  ])('of the kind %s is described before and after it is connected', async (kind, offer, mode) => {
    await openUnconnected();
    await look(keyOf(kind));
    expect(await heading('Это ваш аккаунт Wazzup?')).toBeTruthy();
    expect(screen.getByText('Продажи')).toBeTruthy();
    expect(screen.getByText(offer)).toBeTruthy();
    expect(stage.keyKind).toBeNull();
    await press('Да, подключить');
    expect(await screen.findByText(mode)).toBeTruthy();
    expect(stage.keyKind).toBe(kind);
  });

  it('connects nothing on "Cancel", which comes before the confirming button', async () => {
    await openUnconnected();
    await look(keyOf('partner'));
    await heading('Это ваш аккаунт Wazzup?');
    expect(screen.getAllByRole('button').map(one => one.textContent)).toEqual(['Отмена', 'Да, подключить']);
    await press('Отмена');
    expect(stage.keyKind).toBeNull();
    expect(screen.getByRole('button', { name: 'Подключить Wazzup' })).toBeTruthy();
  });

  it.each<[string, RegExp, (stage: SettingsStage) => void]>([
    ['it was never issued', /Wazzup не принимает этот ключ/, () => undefined],
    [
      'the service does not answer',
      /не отвечает/,
      ({ world }) => world.disturbances.add(/^POST \/connection/, 'cut', Infinity),
    ],
  ])('is not kept when %s, and the reason is shown', async (_why, sentence, happens) => {
    await openUnconnected();
    happens(stage);
    await look('a key that nobody has issued');
    const verdict = await screen.findByRole('alert', {}, PATIENT);
    expect(verdict.textContent).toMatch(/Ничего не сохранено и не изменилось/);
    expect(verdict.textContent).toMatch(sentence);
    expect(stage.keyKind).toBeNull();
  });
});

describe('the address of a company’s own server', () => {
  const check = async (address: string): Promise<void> => {
    await userEvent.type(screen.getByLabelText(/^Адрес своего сервера/), address);
    await press('Проверить');
  };

  it.each(['адрес нашего сервера', 'http://server.example.com', 'server', ' '])(
    'is refused when it is "%s", and no request is sent to it',
    async typed => {
      await openUnconnected();
      const before = stage.requests.length;
      const field = screen.getByLabelText(/^Адрес своего сервера/);
      await userEvent.clear(field);
      await check(typed);
      expect((await screen.findByRole('alert')).textContent).toMatch(/не похоже на адрес сервера/);
      expect(screen.getByLabelText(/^Адрес своего сервера/).getAttribute('aria-invalid')).toBe('true');
      expect(stage.requests.slice(before)).toEqual([]);
      expect(stage.offered()).toBeNull();
    },
  );

  it('is checked, and passed to the CRM’s own Save', async () => {
    await stage.open({ own: {} });
    await check('  gateway.example.com/ ');
    expect(await heading('Интеграция с CRM')).toBeTruthy();
    expect(stage.offered()).toEqual({ v: 1, chatUrl: 'https://gateway.example.com' });
  });
});

describe('a connected account', () => {
  it('says that Wazzup no longer accepts its key, and can be connected again', async () => {
    stage.world.disturbances.add(/^GET \/v3\/channels/, 'unauthorized', Infinity);
    await stage.open();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/Wazzup больше не принимает ключ этого аккаунта/);
    await press('Подключить другой аккаунт');
    stage.world.disturbances.clear();
    await look(keyOf('partner'));
    expect(await screen.findByText(/Этот его заменит/)).toBeTruthy();
    await press('Да, подключить');
    expect(await heading('Интеграция с CRM')).toBeTruthy();
  });

  it('says that the CRM no longer lets the server in, and still shows roles', async () => {
    stage.standing.isLetIn = false;
    await stage.open();
    expect(screen.getByRole('alert').textContent).toMatch(/CRM больше не пускает сервер/);
    expect(screen.getByRole('button', { name: 'Выбрать' })).toBeTruthy();
  });

  it('cannot be disconnected or replaced where the server does not allow it', async () => {
    stage.standing.ways = [];
    await stage.open();
    expect(screen.queryByRole('button', { name: 'Подключить другой аккаунт' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Отключить Wazzup' })).toBeNull();
  });

  it('is disconnected after a confirmation', async () => {
    await stage.open();
    await press('Отключить Wazzup');
    const question = screen.getByText(/Отключить Wazzup\? Чаты, роли/).closest('[role]');
    expect(stage.keyKind).toBe('partner');
    await userEvent.click(
      within(question instanceof HTMLElement ? question : document.body).getByRole('button', {
        name: 'Отключить Wazzup',
      }),
    );
    expect(await heading('Подключение Wazzup')).toBeTruthy();
    expect(stage.keyKind).toBeNull();
  });
});

describe('an account whose key only reads channels', () => {
  it('shows channels and the test of chats, and no settings of roles', async () => {
    stage.keyKind = 'sidecar';
    await stage.open();
    expect(await screen.findByText('Продажи')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Протестировать чаты' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Выбрать' })).toBeNull();
    expect(screen.queryByText(/ни у кого нет роли/i)).toBeNull();
    expect(screen.getByRole('link', { name: /кабинет Wazzup/ })).toBeTruthy();
  });
});
