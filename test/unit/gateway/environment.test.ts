import { describe, expect, it } from 'vitest';
import { configFrom, Misconfigured, type Environment } from '../../../gateway/environment.ts';

const FIVE: Environment = {
  CRM_ORIGIN: 'https://example.amocrm.ru',
  INTEGRATION_ID: '0b0123f4-d123-4123-9123-e09f123456c1',
  INTEGRATION_SECRET: 'secret',
  GATEWAY_ORIGIN: 'https://chat.example.com',
  WAZZUP_KEY: 'key',
};

describe('the environment of a gateway', () => {
  it('needs five variables', () => {
    const { config, port } = configFrom(FIVE);
    expect(config).toMatchObject({
      crm: {
        origins: ['https://example.amocrm.ru'],
        issuer: 'https://example.amocrm.ru',
        integrationId: '0b0123f4-d123-4123-9123-e09f123456c1',
        secret: 'secret',
      },
      audience: 'https://chat.example.com',
      wazzup: {
        key: 'key',
        keyKind: 'partner',
        api: 'https://api.wazzup24.com',
        settings: 'https://tech.wazzup24.com',
      },
      admins: [],
    });
    expect(port).toBe(8080);
  });

  it.each(Object.keys(FIVE))('names %s when it is missing or empty', name => {
    for (const value of [undefined, '']) {
      const start = (): unknown => configFrom({ ...FIVE, [name]: value });
      expect(start).toThrow(Misconfigured);
      expect(start).toThrow(new RegExp(`^${name} is missing: .+\\.$`));
    }
  });

  it.each([
    ['CRM_ORIGIN', 'example.amocrm.ru'],
    ['GATEWAY_ORIGIN', 'here'],
    ['WAZZUP_API', 'there'],
    ['WAZZUP_SETTINGS', 'there'],
    ['WAZZUP_KEY_KIND', 'golden'],
    ['PORT', 'eighty'],
    ['PORT', '65536'],
  ])('names %s when it is "%s"', (name, value) => {
    expect(() => configFrom({ ...FIVE, [name]: value })).toThrow(
      new RegExp(`^${name} is not understood: .+\\.$`),
    );
  });

  it('takes an origin out of an address with a slash or a path', () => {
    const { config } = configFrom({
      ...FIVE,
      CRM_ORIGIN: 'https://example.amocrm.ru/',
      GATEWAY_ORIGIN: 'https://a.b/c',
    });
    expect([config.crm.issuer, config.audience]).toEqual(['https://example.amocrm.ru', 'https://a.b']);
  });

  it('has defaults that may be replaced', () => {
    const { config, port } = configFrom({
      ...FIVE,
      PORT: '0',
      ADMINS: '7, 8,',
      WAZZUP_KEY_KIND: 'v3',
      WAZZUP_API: 'http://127.0.0.1:1',
      WAZZUP_SETTINGS: 'http://127.0.0.1:2',
    });
    expect(config.admins).toEqual(['7', '8']);
    expect(config.wazzup).toMatchObject({
      keyKind: 'v3',
      api: 'http://127.0.0.1:1',
      settings: 'http://127.0.0.1:2',
    });
    expect(port).toBe(0);
  });
});
