import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { configFrom, Misconfigured, type Environment } from '../../../../server/node/environment.ts';

const FOUR: Environment = {
  INTEGRATION_ID: '0b0123f4-d123-4123-9123-e09f123456c1',
  INTEGRATION_SECRET: 'secret',
  REDIRECT_URI: 'https://chat.example.com/amocrm/authorized',
  KEY_RING: `first:${'A'.repeat(43)}`,
};
const LONG_LIVED_TOKEN = new UnsecuredJWT({ sub: '8001', account_id: 31 }).setExpirationTime('1y').encode();

describe('the environment of a server', () => {
  it('needs four variables', () => {
    expect(configFrom(FOUR)).toMatchObject({
      port: 8080,
      metricsPort: null,
      proxies: 1,
      egress: 'all',
      place: { kind: 'embedded', folder: 'server-data' },
      integration: {
        id: '0b0123f4-d123-4123-9123-e09f123456c1',
        secret: 'secret',
        redirectUri: 'https://chat.example.com/amocrm/authorized',
      },
      ring: [{ id: 'first' }],
      hosts: { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' },
      own: null,
    });
  });

  it.each(Object.keys(FOUR))('names %s when it is missing or empty', name => {
    for (const value of [undefined, '']) {
      const start = (): unknown => configFrom({ ...FOUR, [name]: value });
      expect(start).toThrow(Misconfigured);
      expect(start).toThrow(new RegExp(`^${name} is missing: .+\\.$`));
    }
  });

  it.each([
    ['REDIRECT_URI', 'here'],
    ['KEY_RING', 'first:short'],
    ['LONG_LIVED_TOKEN', 'no token'],
    ['WAZZUP_API', 'there'],
    ['WAZZUP_CABINET', 'there'],
    ['WAZZUP_SETTINGS', 'there'],
    ['DATABASE_URL', 'mysql://here'],
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['METRICS_PORT', 'nine'],
    ['PROXIES', 'many'],
    ['EGRESS', 'two words'],
  ])('names %s when it is "%s"', (name, value) => {
    expect(() => configFrom({ ...FOUR, WAZZUP_MARKETPLACE_SECRET: 'ours', [name]: value })).toThrow(
      new RegExp(`^${name} is not understood: .+\\.$`),
    );
  });

  it('enables writing roles as the chat service’s partner with the partner’s three variables', () => {
    expect(configFrom(FOUR).partner).toBeUndefined();
    const partner = { WAZZUP_PARTNER_ID: 'ours', WAZZUP_PARTNER_EMAIL: 'we@example.com' };
    expect(() => configFrom({ ...FOUR, ...partner })).toThrow(/^WAZZUP_PARTNER_PASSWORD is missing/);
    expect(configFrom({ ...FOUR, ...partner, WAZZUP_PARTNER_PASSWORD: 'p' }).partner).toEqual({
      clientId: 'ours',
      email: 'we@example.com',
      password: 'p',
    });
  });

  it('enables connecting on the chat service’s own pages with the secret of its marketplace', () => {
    expect(configFrom(FOUR).marketplace).toBeUndefined();
    expect(configFrom({ ...FOUR, WAZZUP_MARKETPLACE_SECRET: 'ours' }).marketplace).toEqual({
      secret: 'ours',
      cabinet: 'https://app.wazzup24.com/',
    });
  });

  it('can replace the defaults', () => {
    const given = {
      ...FOUR,
      PORT: '0',
      METRICS_PORT: '9464',
      PROXIES: '2',
      EGRESS: '203.0.113.7',
      WAZZUP_API: 'http://127.0.0.1:1/',
      WAZZUP_SETTINGS: 'http://127.0.0.1:2/x',
      DATABASE_URL: 'postgres://here/name',
    };
    expect(configFrom(given)).toMatchObject({
      port: 0,
      metricsPort: 9464,
      proxies: 2,
      egress: '203.0.113.7',
      place: { kind: 'postgres', url: 'postgres://here/name' },
      hosts: { api: 'http://127.0.0.1:1', settings: 'http://127.0.0.1:2' },
    });
  });
});

describe('the environment of a server for Pipedrive', () => {
  const { KEY_RING } = FOUR;
  const three: Environment = {
    PIPEDRIVE_CLIENT_ID: 'app',
    PIPEDRIVE_CLIENT_SECRET: 'app secret',
    PIPEDRIVE_CALLBACK: 'https://chat.example.com/pipedrive/callback',
  };
  const integration = {
    id: 'app',
    secret: 'app secret',
    redirectUri: 'https://chat.example.com/pipedrive/callback',
  };

  it('needs three variables of the app, and none of amoCRM', () => {
    const configured = configFrom({ ...three, KEY_RING });
    expect([configured.integration, configured.pipedrive]).toEqual([
      undefined,
      { integration, jwtSecret: 'app secret', folder: expect.stringMatching(/pipedrive$/) },
    ]);
  });

  it('may be for both', () => {
    const { integration: guest, pipedrive } = configFrom({ ...three, ...FOUR });
    expect([guest?.id, pipedrive?.integration]).toEqual([FOUR['INTEGRATION_ID'], integration]);
    expect(configFrom(FOUR).pipedrive).toBeUndefined();
  });

  it('can have another secret for pages, and another folder', () => {
    const more = { PIPEDRIVE_JWT_SECRET: 'of the panel', PIPEDRIVE_PAGES: '/srv/pages' };
    expect(configFrom({ ...three, KEY_RING, ...more }).pipedrive).toMatchObject({
      jwtSecret: 'of the panel',
      folder: '/srv/pages',
    });
  });

  it.each(['PIPEDRIVE_CLIENT_SECRET', 'PIPEDRIVE_CALLBACK'])('names %s when it is missing', name => {
    expect(() => configFrom({ ...three, KEY_RING, [name]: '' })).toThrow(
      new RegExp(`^${name} is missing: .+\\.$`),
    );
  });

  it('names a missing amoCRM variable when others are set', () => {
    const { REDIRECT_URI } = FOUR;
    expect(() => configFrom({ ...three, KEY_RING, REDIRECT_URI })).toThrow(/^INTEGRATION_ID is missing/);
    expect(() => configFrom({ ...three, KEY_RING, LONG_LIVED_TOKEN })).toThrow(/^INTEGRATION_ID is missing/);
  });
});

describe('the environment of a private integration', () => {
  const own = { ...FOUR, LONG_LIVED_TOKEN, CRM_ORIGIN: 'https://example.amocrm.ru/' };

  it('has its long-lived token and its address, and may have a key', () => {
    expect(configFrom(own).own).toEqual({
      token: LONG_LIVED_TOKEN,
      host: 'example.amocrm.ru',
      chatKey: null,
    });
    expect(configFrom({ ...own, WAZZUP_KEY: 'a key' }).own?.chatKey).toBe('a key');
  });

  it.each([
    [undefined, 'missing'],
    ['https://example.com', 'not understood'],
    ['https://amocrm.ru.evil.example', 'not understood'],
  ])('names CRM_ORIGIN when it is %j', (value, what) => {
    expect(() => configFrom({ ...own, CRM_ORIGIN: value })).toThrow(new RegExp(`^CRM_ORIGIN is ${what}: .+`));
  });
});
