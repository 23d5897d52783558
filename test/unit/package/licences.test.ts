import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { librariesOf, licencesIn } from '../../../widget/package/licences.ts';

const folder = (): string => inject('packageFolder');
const licences = (): string => readFileSync(join(folder(), 'LICENSES.txt'), 'utf8');

describe('the licences in the package', () => {
  it('name every library of the vendor files, with version and words', () => {
    const named = [...licences().matchAll(/^(?<name>\S+) \d+\.\d+\.\d+\S* \((?<licence>.+)\)$/gm)];
    expect(named.map(({ groups }) => groups?.['name'])).toEqual(
      expect.arrayContaining([
        '@preact/signals',
        '@preact/signals-core',
        'axios',
        'i18next',
        'preact',
        'valibot',
      ]),
    );
    expect(new Set(named.map(({ groups }) => groups?.['licence']))).toEqual(new Set(['MIT']));
    expect(licences().match(/Permission is hereby granted/g)?.length).toBe(named.length);
  });

  it('are of what is shipped, not of what builds or tests it', () => {
    expect(licences()).not.toMatch(/^(vite|vitest|typescript|msw|jquery|playwright) /m);
    expect(readdirSync(folder())).toContain('LICENSES.txt');
  });

  it('are found for modules of scoped and of nested libraries', () => {
    expect([
      ...librariesOf([
        '/a/node_modules/@b/c/dist/x.js',
        '/a/node_modules/d/node_modules/e/index.js',
        '\0virtual',
      ]),
    ]).toEqual(['/a/node_modules/@b/c', '/a/node_modules/d/node_modules/e']);
  });

  it('are demanded: a library without one stops the build', async () => {
    await expect(licencesIn(new Set([join(process.cwd(), 'node_modules/nobody')]))).rejects.toThrow(/ENOENT/);
  });
});
