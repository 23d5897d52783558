/** The archive that a marketplace gets, held against the marketplace's own rules that a program can check. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, inject, it } from 'vitest';

let files: Map<string, string>;
let bytes: Record<string, Uint8Array>;
beforeAll(() => {
  bytes = unzipSync(readFileSync(join(inject('packageFolder'), 'widget.zip')));
  files = new Map(Object.entries(bytes).map(([name, content]) => [name, strFromU8(content)]));
});

const isVendor = (name: string): boolean => name.startsWith('vendor-');
const ownScripts = (): [string, string][] =>
  [...files].filter(([name]) => name.endsWith('.js') && !isVendor(name));
const vendorScripts = (): [string, string][] => [...files].filter(([name]) => isVendor(name));
const manifest = () => JSON.parse(files.get('manifest.json') ?? '{}');

describe('the package', () => {
  it('has what the CRM wants at its root', () => {
    expect([...files.keys()]).toEqual(expect.arrayContaining(['manifest.json', 'script.js']));
  });

  it('brings one i18n file for each locale of the manifest', () => {
    const brought = [...files.keys()].filter(name => name.startsWith('i18n/')).toSorted();
    expect(brought).toEqual(
      manifest()
        .widget.locale.map((locale: string) => `i18n/${locale}.json`)
        .toSorted(),
    );
  });

  it.each([
    ['logo.png', 130, 100],
    ['logo_main.png', 400, 272],
    ['logo_medium.png', 240, 84],
    ['logo_min.png', 84, 84],
    ['logo_small.png', 108, 108],
  ])('brings images/%s of %i × %i pixels', (name, width, height) => {
    const image = bytes[`images/${name}`];
    const header = new DataView(image?.buffer ?? new ArrayBuffer(24), image?.byteOffset ?? 0);
    expect([header.getUint32(16), header.getUint32(20)]).toEqual([width, height]);
    expect(image?.length).toBeLessThan(300_000);
  });

  it('consists of anonymous AMD modules', () => {
    for (const [name, code] of [...ownScripts(), ...vendorScripts()]) {
      expect({ name, start: code.slice(0, 30) }).toEqual({
        name,
        start: expect.stringMatching(/^define\(\["require", "exports"/),
      });
    }
  });

  it.each([
    ['console', /\bconsole\./],
    ['eval', /\beval\(/],
    ['new Function', /new Function\b/],
    ['script elements', /createElement\(["']script/],
    ['a window of its own', /\balert\(|\bconfirm\(|\bprompt\(/],
    ['hosts that only a developer has', /https?:\/\/(localhost|127\.)/],
    ['carriage returns', /\r/],
  ])('contains no %s in our own code', (_, forbidden) => {
    for (const [name, code] of ownScripts())
      expect({ name, found: forbidden.exec(code)?.[0] }).toEqual({ name, found: undefined });
  });

  it('runs under a policy that forbids eval: no library uses it either', () => {
    for (const [name, code] of vendorScripts()) {
      expect({ name, found: /\beval\(|new Function\b/.exec(code)?.[0] }).toEqual({ name, found: undefined });
    }
  });

  it('leaves our own code readable: names and lines as they were written', () => {
    const code = ownScripts()
      .map(([, text]) => text)
      .join('\n');
    for (const name of [
      'function createCardModel(',
      'function claimClient(',
      'function saveRoles(',
      'function CrmChatRoles(',
    ]) {
      expect(code).toContain(name);
    }
  });

  it('is built for production, without traces of the machine that built it', () => {
    for (const [name, code] of ownScripts()) {
      expect({ name, found: /jsxDEV|_jsxFileName|node_modules/.exec(code)?.[0] }).toEqual({
        name,
        found: undefined,
      });
    }
  });

  it('asks only for files that it brings', () => {
    for (const [name, code] of ownScripts()) {
      const asked = [...code.matchAll(/"\.\/(?<file>[\w.-]+\.js)"/g)].flatMap(
        ({ groups }) => groups?.['file'] ?? [],
      );
      expect({ name, missing: asked.filter(file => !files.has(file)) }).toEqual({ name, missing: [] });
    }
  });

  it.each([
    ['preact', /__H\b/],
    ['axios', /transformRequest/],
    ['i18next', /languageChanged/],
    ['valibot', /safeParse|ValiError|~standard/],
  ])('ships one copy of %s', (_, trace) => {
    expect(vendorScripts().filter(([, code]) => trace.test(code))).toHaveLength(1);
    expect(
      ownScripts().filter(([, code]) => trace.test(code) && !code.includes('require("./vendor-')),
    ).toEqual([]);
  });

  it('keeps keys and the gateway out', () => {
    for (const [name, code] of ownScripts()) {
      expect({ name, found: /Bearer |api\.wazzup24|tech\.wazzup24|HS256/.exec(code)?.[0] }).toEqual({
        name,
        found: undefined,
      });
    }
  });
});
