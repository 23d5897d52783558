/** A class that was renamed in a script and not in its sheet leaves a page without its layout, and nothing else notices. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = 'test/sandbox';
const named = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const scripts = named
  .filter(name => name.endsWith('.ts'))
  .map(textOf)
  .join('\n');

/** In full, or put together: `notification_${kind}`. */
const isGiven = (name: string): boolean =>
  new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(scripts) ||
  (name.includes('_') && scripts.includes(`${name.slice(0, name.lastIndexOf('_') + 1)}\${`));

it.each(named.filter(name => name.endsWith('.css')))('gives every class that %s has a rule for', sheet => {
  const rules = textOf(sheet).replaceAll(/\/\*.*?\*\/|\{[^{}]*\}/gs, '{}');
  const classes = new Set(Array.from(rules.matchAll(/\.([a-z][\w-]*)/g), ([, name = '']) => name));
  expect([...classes].filter(name => !isGiven(name))).toEqual([]);
});
