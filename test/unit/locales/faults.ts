/** Finds what is wrong with a language's file, or with a view that has a text of its own. Pure, so that tests can try it on wrong ones. */
import { parseAst, Visitor } from 'vite';

/** Dotted key → text. */
export type Texts = ReadonlyMap<string, string>;

const PLURAL = /_(zero|one|two|few|many|other)$/;
const stemOf = (key: string): string => key.replace(PLURAL, '');

export function textsOf(tree: object, above = '', into = new Map<string, string>()): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(`${above}${key}`, value);
    else textsOf(value, `${above}${key}.`, into);
  }
  return into;
}

export const stemsOf = (texts: Texts): readonly string[] =>
  [...new Set([...texts.keys()].map(stemOf))].toSorted();

/** Keys that only one of the two has. */
export function unequalKeys(texts: Texts, model: Texts): readonly string[] {
  const [own, others] = [new Set(stemsOf(texts)), new Set(stemsOf(model))];
  return [
    ...[...others].filter(stem => !own.has(stem)).map(stem => `missing: ${stem}`),
    ...[...own].filter(stem => !others.has(stem)).map(stem => `unknown: ${stem}`),
  ];
}

/** Counted texts have each form that the language has, by CLDR, and no other. */
export function pluralFaults(locale: string, texts: Texts): readonly string[] {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const counted = new Set([...texts.keys()].filter(key => PLURAL.test(key)).map(stemOf));
  return [...counted].flatMap(stem => {
    const wanted = forms.map(form => `${stem}_${form}`);
    const had = [...texts.keys()].filter(key => stemOf(key) === stem);
    return wanted
      .filter(key => !texts.has(key))
      .map(key => `missing: ${key}`)
      .concat(had.filter(key => !wanted.includes(key)).map(key => `unknown: ${key}`));
  });
}

/** With their formats: `{{at, datetime(timeStyle: short)}}`. */
const placeholders = (text: string): string => (text.match(/\{\{[^}]*\}\}/g) ?? []).toSorted().join(' ');

/** Each text has the placeholders of the model's text with the same key. Forms that the model lacks are compared with `other`. */
export function placeholderFaults(texts: Texts, model: Texts): readonly string[] {
  return [...texts].flatMap(([key, text]) => {
    const same = model.get(key) ?? model.get(`${stemOf(key)}_other`);
    const wanted = same === undefined ? placeholders(text) : placeholders(same);
    return placeholders(text) === wanted ? [] : [`${key}: ${placeholders(text)} instead of ${wanted}`];
  });
}

/** Texts that an editor left untidy: empty, with spaces at the ends or doubled, or with brackets of half a placeholder. */
export const untidy = (texts: Texts): readonly string[] =>
  [...texts]
    .filter(
      ([, text]) =>
        text === '' ||
        text !== text.trim() ||
        / {2}/.test(text) ||
        /[{}]/.test(text.replaceAll(/\{\{[^{}]*\}\}/g, '')),
    )
    .map(([key]) => key);

const SPOKEN = /^(title|alt|label|placeholder|aria-(label|description|roledescription|valuetext))$/;
const LETTERS = /\p{L}/u;
/** A single word in braces may be code; two words are a text for people. */
const SENTENCE = /\p{L}.*\s.*\p{L}/u;

/** Texts that a view has without a key, in any language. */
export function wordsWithoutKey(tsx: string): readonly string[] {
  const found: string[] = [];
  new Visitor({
    JSXText: ({ value }) => void (LETTERS.test(value) && found.push(value.trim())),
    JSXExpressionContainer({ expression }) {
      if (
        expression.type === 'Literal' &&
        typeof expression.value === 'string' &&
        SENTENCE.test(expression.value)
      )
        found.push(expression.value);
    },
    JSXAttribute({ name, value }) {
      const isSpoken = name.type === 'JSXIdentifier' && SPOKEN.test(name.name);
      if (
        isSpoken &&
        value?.type === 'Literal' &&
        typeof value.value === 'string' &&
        LETTERS.test(value.value)
      )
        found.push(value.value);
    },
  }).visit(parseAst(tsx, { lang: 'tsx' }));
  return found;
}
