import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { installForeign, placesLacking } from '../../sandbox/foreign-widget.ts';

const zipWith = (manifest: unknown, path = 'manifest.json'): Uint8Array =>
  zipSync({ [path]: strToU8(typeof manifest === 'string' ? manifest : JSON.stringify(manifest)) });
const install = (zip: Uint8Array, name = 'widget.zip') =>
  installForeign({ name, zip }, 'https://gateway.example');

describe('the code of another widget', () => {
  it.each([
    ['the manifest', { widget: { code: 'own_code' } }, 'Some Name-2.zip', 'own_code'],
    ['the name of the file', { widget: {} }, 'Some Name-2.zip', 'some_name_2'],
    ['nothing', { widget: {} }, '-.zip', 'foreign_widget'],
    ['the name of our own widget', { widget: {} }, 'crm_chat_roles.zip', 'crm_chat_roles_other'],
  ])('is derived from %s', (_where, manifest, name, code) => {
    expect(install(zipWith(manifest), name).integration.code).toBe(code);
  });
});

it('lists the places of another widget that the sandbox does not have', () => {
  const manifest = { widget: {}, locations: ['settings', 'ccard-1', 'lcard-0', 'card_sdk', 'tline-1'] };
  expect(placesLacking(install(zipWith(manifest)))).toEqual(['location card_sdk', 'location tline']);
});

describe('an archive that cannot be used', () => {
  it.each([
    ['not an archive', strToU8('not a zip'), 'The file is not a zip archive'],
    ['a folder inside', zipWith({ widget: {} }, 'widget/manifest.json'), 'no manifest.json at its root'],
    ['a manifest that is not JSON', zipWith('{'), "The archive's manifest.json is not understood"],
    ['a manifest of something else', zipWith({ name: 'x' }), "The archive's manifest.json is not understood"],
  ])('is refused with a sentence: %s', (_case, zip, sentence) => {
    expect(() => install(zip)).toThrow(sentence);
  });
});
