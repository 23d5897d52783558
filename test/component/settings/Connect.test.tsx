import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settingsStage, type SettingsStage } from '../settings-stage.tsx';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const openUnconnected = () => stage.open({ own: {} });
async function connectTo(address: string): Promise<void> {
  const field = screen.getByLabelText('Адрес шлюза');
  await userEvent.clear(field);
  await userEvent.type(field, address);
  await userEvent.click(screen.getByRole('button', { name: 'Проверить' }));
}
/** Reads are asked again after a pause, up to twice. */
const PATIENT = { timeout: 4000 };

describe('a widget that is not installed', () => {
  it('asks to install it first, and asks no API', async () => {
    await stage.open({ installed: false });
    expect(screen.getByText(/Нажмите «Установить»/)).toBeTruthy();
    expect(screen.queryByLabelText('Адрес шлюза')).toBeNull();
    expect(stage.requests).toEqual([]);
  });
});

describe('an account whose saved address is none of a gateway', () => {
  it.each(['http://evil.example', 'javascript:alert(1)', 'https://a:b@evil.example'])(
    'sends no token to %s, and asks for another',
    async chatUrl => {
      await stage.open({ own: { chatUrl } });
      expect(screen.getByLabelText('Адрес шлюза')).toHaveProperty('value', chatUrl);
      expect(stage.requests).toEqual([]);
    },
  );
});

describe('an account without a gateway', () => {
  it('is asked for the address, and no API is asked', async () => {
    await openUnconnected();
    expect(screen.getByRole('heading', { name: 'Подключите Wazzup' })).toBeTruthy();
    expect(screen.getByLabelText('Адрес шлюза')).toHaveProperty('value', '');
    expect(screen.queryByText('Интеграция с CRM')).toBeNull();
    expect(stage.requests).toEqual([]);
  });

  it.each(['адрес нашего шлюза', 'http://gateway.example.com', 'gateway', ' '])(
    'is told that "%s" is no address of a gateway, and no API is asked',
    async typed => {
      await openUnconnected();
      await connectTo(typed);
      expect((await screen.findByRole('alert')).textContent).toMatch(/не похоже на адрес шлюза/);
      expect(screen.getByLabelText('Адрес шлюза').getAttribute('aria-invalid')).toBe('true');
      expect(stage.requests).toEqual([]);
      expect(stage.offered()).toBeNull();
    },
  );

  it.each<[string, RegExp, (stage: SettingsStage) => void, string?]>([
    [
      'nobody answers',
      /Шлюз Wazzup не отвечает/,
      ({ world }) => world.disturbances.add(/^GET \/(settings|v3)/, 'cut', Infinity),
    ],
    [
      'something else answers',
      /отвечает не шлюз Wazzup/,
      ({ world }) => world.disturbances.add(/^GET \/v3\/channels/, 'wrong-shape'),
    ],
    ['the path is wrong', /По этому адресу нет шлюза Wazzup/, () => undefined, '/chats'],
    [
      'the CRM’s signature is refused',
      /не принял подпись CRM/,
      ({ world }) => {
        world.oddities.tokenLifetimeSeconds = -3600;
      },
    ],
    [
      'the key is a sidecar’s',
      /Этого ключа Wazzup недостаточно/,
      stage => {
        stage.keyKind = 'sidecar';
      },
    ],
    [
      'the CRM signs nothing',
      /Сеанс CRM закончился/,
      ({ world }) => world.disturbances.add(/disposable_token/, 'unauthorized', Infinity),
    ],
  ])(
    'is told why it cannot connect when %s, and nothing is kept',
    async (_why, sentence, happens, path = '') => {
      happens(stage);
      await openUnconnected();
      await connectTo(stage.world.options.gatewayOrigin + path);
      const verdict = await screen.findByRole('alert', {}, PATIENT);
      expect(verdict.textContent).toMatch(/Адрес не сохранён, ничего не изменилось/);
      expect(verdict.textContent).toMatch(sentence);
      expect(screen.getByLabelText('Адрес шлюза')).toHaveProperty(
        'value',
        stage.world.options.gatewayOrigin + path,
      );
      expect(stage.offered()).toBeNull();
      expect(screen.queryByText(/Изменения ещё не сохранены/)).toBeNull();
    },
  );
});

describe('a good address', () => {
  it('connects at once and is offered to the CRM’s own Save', async () => {
    await openUnconnected();
    await connectTo('  gateway.example.com/ ');
    expect(await screen.findByRole('heading', { name: 'Интеграция с CRM' })).toBeTruthy();
    expect(screen.getByText(/Подключено к https:\/\/gateway\.example\.com/)).toBeTruthy();
    expect(await screen.findByLabelText(/Кому CRM отдаёт новых клиентов/)).toBeTruthy();
    expect(stage.offered()).toEqual({ v: 1, chatUrl: 'https://gateway.example.com' });
  });

  it('is tried on Enter too', async () => {
    await openUnconnected();
    await userEvent.type(screen.getByLabelText('Адрес шлюза'), 'gateway.example.com{Enter}');
    expect(await screen.findByRole('heading', { name: 'Интеграция с CRM' })).toBeTruthy();
  });

  it('counts as not saved until the CRM has saved it', async () => {
    const model = await openUnconnected();
    await connectTo('https://gateway.example.com');
    expect(await screen.findByText(/Изменения ещё не сохранены. Нажмите «Сохранить»/)).toBeTruthy();
    model.own.kept();
    await waitFor(() => expect(screen.queryByText(/Изменения ещё не сохранены/)).toBeNull());
    expect(screen.getByRole('heading', { name: 'Интеграция с CRM' })).toBeTruthy();
  });

  it('keeps what a later version of the widget has set', async () => {
    await stage.open({ own: { v: 2, quietHours: '22-8', standInOwners: ['8005'] } });
    await connectTo('https://gateway.example.com');
    await screen.findByRole('heading', { name: 'Интеграция с CRM' });
    expect(stage.offered()).toEqual({
      v: 2,
      quietHours: '22-8',
      chatUrl: 'https://gateway.example.com',
      standInOwners: ['8005'],
    });
  });

  it('shows that it is being tried, and a second press asks nothing', async () => {
    await openUnconnected();
    stage.world.disturbances.add(/^GET \/v3\/channels/, 'slow');
    await connectTo('https://gateway.example.com');
    const busy = await screen.findByRole('button', { name: 'Проверяем…' });
    await userEvent.click(busy);
    await waitFor(() => expect(stage.requests).toContain('GET https://gateway.example.com/v3/channels'));
    stage.world.clock.advance(3000);
    await screen.findByRole('heading', { name: 'Интеграция с CRM' });
    expect(stage.requests.filter(asked => asked.endsWith('/v3/channels'))).toHaveLength(1);
  });
});

describe('a connected account', () => {
  it('goes on with its address when that is checked again unchanged: there is nothing to save', async () => {
    await stage.open();
    await userEvent.click(screen.getByRole('button', { name: 'Изменить адрес' }));
    expect(screen.getByLabelText('Адрес шлюза')).toHaveProperty('value', 'https://gateway.example.com');
    await userEvent.click(screen.getByRole('button', { name: 'Проверить' }));
    expect(await screen.findByRole('heading', { name: 'Интеграция с CRM' })).toBeTruthy();
    expect(stage.offered()).toBeNull();
  });
});
