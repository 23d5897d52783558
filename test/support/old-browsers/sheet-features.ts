/** The CSS features that a rule or a declaration uses, with their compatibility data. */
import type { CompatStatement, Identifier } from '@mdn/browser-compat-data';
import type { AtRule, Declaration, Rule } from 'postcss';
import { compat } from './compat.mjs';

/** `name` has the form that `@supports` tests. */
export type Feature = { readonly name: string; readonly compat: CompatStatement | undefined };

/** `@container (inline-size < 40em)`, `@media (hover: hover)`. */
export function atRuleFeatures({ name, params }: AtRule): readonly Feature[] {
  const asked =
    name === 'media' ? namesIn(params, /\(\s*(?:[\w.]+\s*[<>=]+\s*)?(?:min-|max-)?([a-z-]+)/g) : [];
  return [
    feature(`@${name}`, 'at-rules', name),
    ...asked.map(one => feature(one, 'at-rules', name, one)),
    ...when(/\bstyle\(/.test(params), 'style()', 'at-rules', name, 'style_queries_for_custom_properties'),
  ];
}

/** Features of its selector, and of its nesting. */
export function ruleFeatures({ selector, parent, nodes }: Rule): readonly Feature[] {
  if (parent?.type === 'atrule' && 'name' in parent && parent.name.endsWith('keyframes')) return [];
  const takesVariables = nodes.some(one => one.type === 'decl' && /var\(/.test(one.value));
  return [
    ...namesIn(selector, /::?([a-z-]+)/g).map(one => feature(`:${one}`, 'selectors', one)),
    ...when(/:nth-(?:last-)?child\([^)]*\bof\b/.test(selector), 'of', 'selectors', 'nth-child', 'of_syntax'),
    ...when(parent?.type === 'rule', 'nesting', 'selectors', 'nesting'),
    ...when(
      takesVariables && selector.includes('::backdrop'),
      'var() in ::backdrop',
      'selectors',
      'backdrop',
      'inherit_from_originating_element',
    ),
  ];
}

/** Features of its name, and of the functions, keywords, units and syntax in its value. */
export function declarationFeatures({ prop, value: written }: Declaration): readonly Feature[] {
  const value = written.replaceAll(/(["']).*?\1|url\([^)]*\)|--[\w-]+/g, text =>
    /^["']/.test(text) ? '""' : '',
  );
  return [
    feature(prop, 'properties', prop),
    ...namesIn(value, /([a-z-]+)\(/g).map(one => ({ name: one, compat: functionCompat(prop, one) })),
    ...namesIn(value, /(?<![\w-])([a-z-]+)(?![\w(-])/g).map(one => feature(one, 'properties', prop, one)),
    ...namesIn(value, /\d([a-z]+)(?![\w(-])/gi).map(one => ({ name: one, compat: UNITS.get(one) })),
    ...when(
      /\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(\s*from\b/.test(value),
      'from',
      'types',
      'color',
      'rgb',
      'relative_syntax',
    ),
    ...when(
      prop === 'content' && /\/\s*"/.test(value),
      'alternative text of content',
      'properties',
      prop,
      'alt_text',
    ),
  ];
}

const functionCompat = (prop: string, name: string): CompatStatement | undefined =>
  FUNCTIONS.get(`${name}-function`) ?? feature(name, 'properties', prop, name).compat ?? FUNCTIONS.get(name);

const at = (...path: readonly string[]): Identifier | undefined =>
  path.reduce<Identifier | undefined>((one, name) => one?.[name], compat.css);

const feature = (name: string, ...path: readonly string[]): Feature => ({
  name,
  compat: at(...path)?.__compat,
});

const when = (isUsed: boolean, name: string, ...path: readonly string[]): readonly Feature[] =>
  isUsed ? [feature(name, ...path)] : [];

const namesIn = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), ([, name = '']) => name);

/** Functions of every kind by name, such as `color-mix`. */
const FUNCTIONS = new Map<string, CompatStatement>();
/** Units by name, such as `dvh`. */
const UNITS = new Map<string, CompatStatement>();
collect(at('types'), '');

function collect(identifier: Identifier | undefined, within: string): void {
  for (const [name, { __compat: known, ...parts }] of Object.entries<Identifier>(Object(identifier))) {
    if (name === '__compat') continue;
    const isUnit = /^(?:length|angle|time|resolution|flex)$/.test(within);
    if (known) (isUnit ? UNITS : FUNCTIONS).set(name, known);
    collect(parts, within || name);
  }
}
