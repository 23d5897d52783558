import { describe, expect, it } from 'vitest';
import { gatewayAddress } from '../../../domain/gateway-address.ts';
import { withSetting } from '../../../domain/own-settings-change.ts';
import { readOwnSettings } from '../../../domain/own-settings.ts';

describe('own settings', () => {
  it('are read as they were written', () => {
    const settings = { chatUrl: 'https://gateway.example.com', standInOwners: ['8005'] };
    const text = withSetting('', ['standInOwners'], settings.standInOwners);
    expect(readOwnSettings(withSetting(text, ['chatUrl'], settings.chatUrl))).toEqual(settings);
  });

  it.each(['', '[]', 'null', '{"chatUrl":', '{"chatUrl":7,"standInOwners":"8005"}', '"text"'])(
    'count as not set when the CRM returns %s',
    text => {
      expect(readOwnSettings(text)).toEqual({ chatUrl: '', standInOwners: [] });
    },
  );

  it('are read without the parts that are not understood: ids may be numbers, and count once', () => {
    const text = JSON.stringify({ standInOwners: ['8005', 8006, null, { id: 7 }, 8005] });
    expect(readOwnSettings(text).standInOwners).toEqual(['8005', '8006']);
  });

  it('keep fields that a later version of the widget has added', () => {
    const written = withSetting('{"v":1,"claimRules":{"reason":true}}', ['chatUrl'], '');
    expect(JSON.parse(written)).toMatchObject({ claimRules: { reason: true } });
  });

  it.each([
    ['{"v":2}', 2],
    ['{"v":1}', 1],
    ['{"v":0}', 1],
    ['{"v":"two"}', 1],
    ['', 1],
  ])('written over %s have version %i', (text, version) => {
    expect(JSON.parse(withSetting(text, ['chatUrl'], ''))).toEqual({ v: version, chatUrl: '' });
  });
});

describe('a gateway address', () => {
  it.each([
    ['https://gateway.example.com', 'https://gateway.example.com'],
    ['  gateway.example.com/  ', 'https://gateway.example.com'],
    ['https://example.com/chat/', 'https://example.com/chat'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://gateway.localhost:4173/', 'http://gateway.localhost:4173'],
  ])('%s is read as %s', (typed, address) => {
    expect(gatewayAddress(typed)).toBe(address);
  });

  it.each([
    ['plain http, where the token could be read', 'http://gateway.example.com'],
    ['a script', 'javascript:alert(1)'],
    ['a password in it', 'https://me:secret@example.com'],
    ['a query', 'https://example.com/?key=1'],
    ['nothing', '   '],
    ['words', 'our gateway'],
    ['a single word', 'gateway'],
  ])('is refused with %s', (_, typed) => {
    expect(gatewayAddress(typed)).toBeNull();
  });
});
