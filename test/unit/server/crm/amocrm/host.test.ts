import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountHost, crmOf } from '../../../../../server/crm/amocrm/host.ts';

describe('the host from which a code claims to come', () => {
  it.each([
    ['sub.amocrm.ru', 'sub.amocrm.ru'],
    ['https://sub.kommo.com/', 'sub.kommo.com'],
    ['https://sub.amocrm.com', 'sub.amocrm.com'],
    ['SUB.AMOCRM.RU', 'sub.amocrm.ru'],
  ])('is accepted in the form %s', (referer, host) => {
    expect(accountHost(referer)).toBe(host);
  });

  it.each([
    '',
    'evil.com',
    'sub.amocrm.ru.evil.com',
    'sub.amocrm.ru@evil.com',
    'https://evil.com@sub.amocrm.ru',
    'sub.amocrm.ru:8443',
    'http://sub.amocrm.ru',
    'https://sub.amocrm.ru/path',
    'https://sub.amocrm.ru?x',
    'sub.amocrm.ru#x',
    'sub.amocrm.ru.',
    'www.amocrm.ru',
    'amocrm.ru',
    'a.b.amocrm.ru',
    'сub.amocrm.ru',
    'sub\u2024amocrm.ru',
    '127.0.0.1',
    '[::1]',
    'sub.amocrm.ru\n',
    `${'a'.repeat(300)}.amocrm.ru`,
    '-sub.amocrm.ru',
    '//sub.amocrm.ru',
  ])('is refused in the form %j', referer => {
    expect(accountHost(referer)).toBeNull();
  });

  it('is always a name in a zone of the CRM, or refused', () => {
    const parts = fc.constantFrom(
      'sub',
      'amocrm',
      'ru',
      'kommo',
      'com',
      'evil',
      '.',
      '@',
      '/',
      ':',
      '#',
      '?',
      'https://',
      ' ',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), pieces => {
        const host = accountHost(pieces.join(''));
        if (host === null) return;
        expect(new URL(`https://${host}/oauth2`).host).toBe(host);
        expect(host).toMatch(/^[a-z0-9-]+\.(amocrm\.ru|amocrm\.com|kommo\.com)$/);
      }),
    );
  });
});

it('tells the two brands apart, since their accounts may have the same id', () => {
  expect(['a.amocrm.ru', 'a.amocrm.com', 'a.kommo.com'].map(crmOf)).toEqual(['amocrm', 'amocrm', 'kommo']);
});
