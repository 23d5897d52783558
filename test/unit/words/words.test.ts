import { describe, expect, it } from 'vitest';
import { createDictionary } from '../../../widget/words/words.tsx';

const sentence = { card: { colleagues: '{{name}} is responsible', button: 'Take' } };
const said = (name: string): string => createDictionary('en', sentence).words('card.colleagues', { name });

describe('a name within a sentence', () => {
  it.each([
    ['that overrides the direction', '\u202Eexe.txt', '\u2068exe.txt\u2069 is responsible'],
    ['that closes what contains it', '\u2069\u202Eexe', '\u2068exe\u2069 is responsible'],
    ['that never ends', '\u2067\u2067a', '\u2068a\u2069 is responsible'],
  ])('%s does not affect the text around it', (_, name, expected) => {
    expect(said(name)).toBe(expected);
  });

  it.each(['Anna', '<b>Anna</b>', 'R&D', '{{name}}', '$t(card.button)', "$& $1 $$ $` $'", 'דוד', 'a\u200Db'])(
    'is not changed: %s',
    name => {
      expect(said(name)).toBe(`${name} is responsible`);
    },
  );
});
