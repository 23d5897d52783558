/** The pages that Pipedrive frames, as they are built: nothing inline, readable, and light where they begin. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { buildVendor, FOR_FRAMES, type ImportedNames } from '../../../widget/package/vendor.ts';

const gzip = (content: Uint8Array | string): number => gzipSync(content, { level: 9 }).length;

/** The libraries alone, each with what the least use of it needs. */
const LEAST: ImportedNames = new Map([
  ['preact', new Set(['render', 'h'])],
  ['preact/hooks', new Set(['useState'])],
  ['@preact/signals', new Set(['signal', 'computed'])],
  ['i18next', new Set(['createInstance'])],
  ['@pipedrive/app-extensions-sdk', new Set(['default', 'Command'])],
]);

let files: ReadonlyMap<string, Buffer>;
beforeAll(() => {
  const folder = inject('pagesFolder');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    /\.\w+$/.test(name),
  );
  files = new Map(names.map(name => [name.replaceAll('\\', '/'), readFileSync(join(folder, name))]));
});
const textOf = (name: string): string => files.get(name)?.toString('utf8') ?? '';
const named = (pattern: RegExp): readonly string[] => [...files.keys()].filter(name => pattern.test(name));
/** What a page loads before it shows anything, in one language. */
const firstOf = (page: string): readonly string[] => [
  page,
  ...Array.from(textOf(page).matchAll(/(?:href|src)="(assets\/[^"]+)"/g), ([, name = '']) => name),
  ...named(/^assets\/ru-/)
    .toSorted((one, other) => textOf(one).length - textOf(other).length)
    .slice(0, 1),
];

const PAGES = ['panel.html', 'settings.html', 'roles.html'];

describe('the pages', () => {
  it('are one for each surface', () => {
    expect(named(/\.html$/).toSorted()).toEqual(['panel.html', 'roles.html', 'settings.html']);
    expect(textOf('panel.html')).toContain('<body data-surface="panel">');
    expect(textOf('settings.html')).toContain('<body data-surface="settings">');
    expect(textOf('roles.html')).toContain('<body data-surface="roles">');
  });

  it.each(PAGES)('%s loads its own files only, all of them there', page => {
    const named = [...textOf(page).matchAll(/(?:href|src)="([^"]+)"/g)].map(([, name = '']) => name);
    expect(named.filter(name => !files.has(name))).toEqual([]);
  });

  it.each(PAGES)('%s has nothing inline, so that a strict policy holds', page => {
    expect(textOf(page)).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  });

  it('evaluate nothing, and write to no console but for developers', () => {
    const scripts = named(/^assets\/(?!vendor-).*\.js$/);
    const faulty = scripts.filter(name => /\beval\(|new Function\(|console\.(?!debug)/.test(textOf(name)));
    expect(faulty).toEqual([]);
  });

  it('have every file but the documents named by what is in it', () => {
    expect(named(/^assets\//).filter(name => !/-[\w-]{8}\.(?:js|css)$/.test(name))).toEqual([]);
  });

  it('bring the licence of each library, of the makers’ SDK too', () => {
    const names = [
      'preact',
      '@preact/signals',
      'i18next',
      'axios',
      'valibot',
      '@pipedrive/app-extensions-sdk',
    ];
    expect(names.filter(name => !textOf('LICENSES.txt').includes(`${name} `))).toEqual([]);
  });

  it.each([
    ['en', /\bleads?\b(?! to|")/i, 'Open deals'],
    ['es', /\bleads?\b(?!")/i, 'Tratos abiertos'],
    ['pt', /\bleads?\b(?!")/i, 'Negócios abertos'],
    ['id', /\bleads?\b(?!")/i, 'Deal terbuka'],
  ])('call deals what Pipedrive calls them: %s', (language, leads, title) => {
    const words = named(new RegExp(`^assets/${language}-`)).map(textOf);
    expect(words).toHaveLength(2);
    expect(words.filter(text => leads.test(text))).toEqual([]);
    expect(
      words.some(text => text.includes(`"title":"${title}"`) || text.includes(`"title": "${title}"`)),
    ).toBe(true);
  });

  it('begin with at most 1.6 times the libraries that are given, in the panel', async () => {
    const least = (await buildVendor(LEAST, 'whole', FOR_FRAMES)).files;
    const floor = [...least]
      .filter(([file]) => /^vendor-(?:ui|i18next|frame)-/.test(file))
      .reduce((sum, [, code]) => sum + gzip(code), 0);
    const weight = firstOf('panel.html').reduce((sum, name) => sum + gzip(files.get(name) ?? ''), 0);
    process.stdout.write(`panel: ${weight} B gzip, ${(weight / floor).toFixed(2)} × ${floor}\n`);
    expect(weight / floor).toBeLessThanOrEqual(1.6);
  });

  it('leave axios, the settings and the roles out of a panel’s beginning', () => {
    expect(
      firstOf('panel.html').filter(name => /vendor-http|admin-|framed-|modal-|dialog-|seller-/.test(name)),
    ).toEqual([]);
  });
});

describe('the package for amoCRM', () => {
  it('has nothing of the frames', () => {
    const folder = inject('packageFolder');
    const scripts = readdirSync(folder).filter(name => name.endsWith('.js'));
    const framed = scripts.filter(name =>
      /get_signed_token|app-extensions|"framed?":|"budget-gone":/.test(
        readFileSync(join(folder, name), 'utf8'),
      ),
    );
    expect(framed).toEqual([]);
  });
});
