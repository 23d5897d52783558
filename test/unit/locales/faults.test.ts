import { describe, expect, it } from 'vitest';
import { pseudo } from '../../gallery/pseudo.ts';
import { placeholderFaults, pluralFaults, textsOf, unequalKeys, untidy, wordsWithoutKey } from './faults.ts';

const model = textsOf({ hello: 'Hello, {{name}}', rows_one: '{{count}} row', rows_other: '{{count}} rows' });

describe('a language with a fault', () => {
  it('is reported with its missing and unknown keys', () => {
    expect(unequalKeys(textsOf({ hello: '', bye: '' }), model)).toEqual(['missing: rows', 'unknown: bye']);
  });

  it.each([
    ['en', { rows_one: '', rows_other: '' }, []],
    ['en', { rows_other: '' }, ['missing: rows_one']],
    ['ru', { rows_one: '', rows_few: '', rows_other: '' }, ['missing: rows_many']],
    ['id', { rows_one: '', rows_other: '' }, ['unknown: rows_one']],
    ['tr', { rows: '', rows_one: '', rows_other: '' }, ['unknown: rows']],
  ])('in %s is reported with its wrong plural forms: %j', (locale, tree, faults) => {
    expect(pluralFaults(locale, textsOf(tree))).toEqual(faults);
  });

  it.each([
    [{ hello: 'Hola' }, ['hello:  instead of {{name}}']],
    [{ hello: 'Hola, {{nombre}}' }, ['hello: {{nombre}} instead of {{name}}']],
    [{ rows_many: '{{count}} de {{of}}' }, ['rows_many: {{count}} {{of}} instead of {{count}}']],
  ])('is reported with its wrong placeholders: %j', (tree, faults) => {
    expect(placeholderFaults(textsOf(tree), model)).toEqual(faults);
  });

  it.each(['', ' Hello', 'Hello  you', 'Hello {name}'])('is reported with an untidy text: "%s"', text => {
    expect(untidy(textsOf({ hello: text }))).toEqual(['hello']);
  });
});

describe('a view', () => {
  it.each([
    ['<p>Hello</p>', ['Hello']],
    ['<p>{"Hello you"}</p>', ['Hello you']],
    ['<img alt="A cat" />', ['A cat']],
    ['<button aria-label="Close" />', ['Close']],
    ['<p class="quiet">{t("hello")} · {name}</p>', []],
  ])('%s has texts without a key: %j', (tsx, found) => {
    expect(wordsWithoutKey(`export const view = ${tsx};`)).toEqual(found);
  });
});

describe('the pseudo-language', () => {
  it('is longer and accented, and keeps placeholders', () => {
    const hello = String(Reflect.get(pseudo({ hello: 'Hello, {{name}}, welcome' }), 'hello'));
    expect(hello).toContain('{{name}}');
    expect(hello).not.toContain('Hello');
    expect(hello.length).toBeGreaterThanOrEqual('Hello, {{name}}, welcome'.length * 1.2);
  });
});
