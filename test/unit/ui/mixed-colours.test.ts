/** A colour between two others is written twice: as a mix, and as a plain colour for browsers that cannot mix. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const UI = fileURLToPath(new URL('../../../widget/ui', import.meta.url));
const sheets = ['tokens.css', 'tones.css'].map(file => readFileSync(join(UI, file), 'utf8'));

/** Name → value of the tokens in a rule, from both sheets. */
function tokensIn(selector: string): ReadonlyMap<string, string> {
  const blocks = sheets.map(sheet => sheet.split(`\n${selector} {`)[1]?.split('}')[0] ?? '');
  return new Map(
    Array.from(blocks.join('').matchAll(/--([\w-]+): (.*);/g), ([, name = '', value = '']) => [name, value]),
  );
}

const mixes = Array.from(
  sheets.join('').matchAll(/--([\w-]+): color-mix\(in srgb, (.+) (\d+)%, var\(--([\w-]+)\)\)/g),
  ([, name = '', of = '', percent = '', other = '']) => ({ name, of, share: Number(percent) / 100, other }),
);
/** `var(--the-page’s-own, var(--ours))` */
const lastNameIn = (value: string): string => /--([\w-]+)\)*$/.exec(value)?.[1] ?? '';

function channels(colour = ''): readonly number[] {
  const [short = ''] = /#[\da-f]+/.exec(colour) ?? [];
  const hex = short.length === 4 ? short.replaceAll(/[\da-f]/g, '$&$&') : short;
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
}

describe('a colour between two others', () => {
  const light = tokensIn(':host');
  const dark = new Map([...light, ...tokensIn(":host([data-theme='dark'])")]);

  it.each([
    ['light', light],
    ['dark', dark],
  ] as const)('is the same as a plain colour and as a mix, in the %s theme', (_, tokens) => {
    expect(mixes.length).toBeGreaterThan(5);
    for (const { name, of, share, other } of mixes) {
      const one = channels(tokens.get(lastNameIn(of)));
      const two = channels(tokens.get(other));
      const mix = one.map((channel, at) => Math.round(channel * share + (two[at] ?? NaN) * (1 - share)));
      expect({ name, colour: channels(tokens.get(name)) }).toEqual({ name, colour: mix });
    }
  });
});
