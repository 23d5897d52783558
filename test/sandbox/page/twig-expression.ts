/** Values of Twig's expressions. */
import { escapeHtml } from '../escape.ts';

export type Scope = Record<string, unknown>;

/** A part of the language that the sandbox does not speak. */
export class TwigLacks extends Error {
  override name = 'TwigLacks';
}

/** What a template prints: a list or an object prints nothing. */
export const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : value === true ? '1' : '';

type Filter = (value: unknown, ...given: readonly unknown[]) => unknown;

const FILTERS: Readonly<Record<string, Filter>> = {
  escape: value => escapeHtml(plain(value)),
  e: value => escapeHtml(plain(value)),
  raw: value => value,
  default: (value, instead) => (value === undefined || value === null || value === '' ? instead : value),
  upper: value => plain(value).toUpperCase(),
  lower: value => plain(value).toLowerCase(),
  trim: value => plain(value).trim(),
  length: value => (typeof value === 'string' ? value.length : Object.keys(Object(value)).length),
  join: (value, between) => Object.values(Object(value)).join(plain(between)),
  json_encode: value => JSON.stringify(value),
};

/** The loosest first. */
const OPERATORS: readonly (readonly [string, (one: unknown, other: unknown) => unknown])[] = [
  ['or', (one, other) => one || other],
  ['and', (one, other) => one && other],
  ['==', (one, other) => one === other || plain(one) === plain(other)],
  ['!=', (one, other) => one !== other && plain(one) !== plain(other)],
  ['>=', (one, other) => Number(one) >= Number(other)],
  ['<=', (one, other) => Number(one) <= Number(other)],
  ['>', (one, other) => Number(one) > Number(other)],
  ['<', (one, other) => Number(one) < Number(other)],
  ['~', (one, other) => plain(one) + plain(other)],
  ['+', (one, other) => Number(one) + Number(other)],
  ['-', (one, other) => Number(one) - Number(other)],
];

/** Throws `TwigLacks` for what it does not understand. */
export function evaluate(given: string, scope: Scope): unknown {
  const expression = given.trim();
  const question = split(expression, '?');
  if (question) {
    const [yes, no] = split(question[1], ':') ?? [question[1], "''"];
    return evaluate(evaluate(question[0], scope) ? yes : no, scope);
  }
  for (const [sign, act] of OPERATORS) {
    const halves = split(expression, sign);
    if (halves) return act(evaluate(halves[0], scope), evaluate(halves[1], scope));
  }
  if (/^not\s/.test(expression)) return !evaluate(expression.slice('not'.length), scope);
  const [value = '', ...filters] = parts(expression, '|');
  return filters.reduce((before, filter) => filtered(before, filter, scope), term(value.trim(), scope));
}

function filtered(value: unknown, filter: string, scope: Scope): unknown {
  const [, name = '', given = ''] = /^\s*(\w+)\s*(?:\(([\s\S]*)\))?\s*$/.exec(filter) ?? [];
  const act = FILTERS[name];
  if (!act) throw new TwigLacks(`the filter ${name || filter}`);
  return act(value, ...parts(given, ',').map(one => (one.trim() === '' ? undefined : evaluate(one, scope))));
}

function term(text: string, scope: Scope): unknown {
  if (/^\([\s\S]*\)$/.test(text)) return evaluate(text.slice(1, -1), scope);
  if (/^(['"]).*\1$/s.test(text)) return text.slice(1, -1);
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null' || text === 'none' || text === '[]') return null;
  if (!/^\w+(\.\w+|\[[^\]]+\])*$/.test(text)) throw new TwigLacks(`the expression ${text}`);
  return [...text.matchAll(/\.?(\w+)|\[([^\]]+)\]/g)].reduce<unknown>((at, [, name, index]) => {
    const key = name ?? plain(evaluate(index ?? '', scope));
    return typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  }, scope);
}

/** In two at the first sign that stands outside of quotes and brackets. */
function split(text: string, sign: string): readonly [string, string] | undefined {
  const [first = '', ...others] = parts(text, sign);
  return others.length > 0 && first.trim() !== '' ? [first, others.join(sign)] : undefined;
}

function parts(text: string, sign: string): string[] {
  const found: string[] = [];
  const isWord = /\w/.test(sign);
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const one = text.charAt(at);
    if (quote) quote = one === quote ? '' : quote;
    else if (one === '"' || one === "'") quote = one;
    else if ('([{'.includes(one)) depth += 1;
    else if (')]}'.includes(one)) depth -= 1;
    else if (depth === 0 && text.startsWith(sign, at)) {
      const alone = !isWord || !/\w/.test(text.charAt(at - 1) + text.charAt(at + sign.length));
      const longer = /[<>=!]/.test(sign) && sign.length === 1 && text.charAt(at + 1) === '=';
      if (!alone || longer) continue;
      found.push(text.slice(from, at));
      from = at + sign.length;
      at = from - 1;
    }
  }
  return [...found, text.slice(from)];
}
