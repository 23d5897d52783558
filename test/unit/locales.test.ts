/** Every language has all texts with the right forms and values, and no view shows a text that is not in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import {
  placeholderFaults,
  pluralFaults,
  stemsOf,
  textsOf,
  unequalKeys,
  untidy,
  wordsWithoutKey,
  type Texts,
} from './locales/faults.ts';
import {
  hisOrHers,
  namesOfNothing,
  finalSentences,
  sightAsOpening,
  typographyFaults,
} from './locales/wording.ts';

const locales = new Map<string, Texts>(
  readdirSync('locales').map(name => [
    name.replace('.json', ''),
    textsOf(JSON.parse(readFileSync(`locales/${name}`, 'utf8'))),
  ]),
);
/** Russian and English. People look for these words after reading the chat service's help. */
const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  'panel.title': ['Интеграция с CRM', 'CRM integration'],
  'panel.select': ['Выбрать', 'Select'],
  'panel.refresh': ['Обновить данные из CRM', 'Refresh data from CRM'],
  'trial.title': ['Протестировать чаты', 'Test chats'],
  'additional.title': ['Дополнительно', 'Additional'],
  'preset.title': ['Примеры настройки', 'Examples'],
  'role.none': ['Без роли', 'No role'],
  'role.seller': ['Менеджер', 'Sales rep'],
  'role.supervisor': ['Руководитель', 'Supervisor'],
  'role.auditor': ['Контроль качества', 'Quality control'],
  'roles.receivesNewClients': ['Получает новых клиентов', 'Receives new clients'],
};
const english = locales.get('en') ?? new Map<string, string>();
const sources = readdirSync('widget', { recursive: true, encoding: 'utf8' })
  .filter(name => /\.tsx?$/.test(name))
  .map(name => ({ name, code: readFileSync(`widget/${name}`, 'utf8') }));

describe('the locales', () => {
  it('are the ones that the manifest names', () => {
    expect([...locales.keys()].toSorted()).toEqual(manifest.widget.locale.toSorted());
  });

  it('have the texts that the CRM itself shows', () => {
    const shown = ['name', 'short_description', 'description', 'tour_description'].map(
      key => `widget.${key}`,
    );
    expect([...shown, 'settings.custom'].filter(key => !english.has(key))).toEqual([]);
  });

  describe.each([...locales])('%s', (locale, texts) => {
    it('has exactly the texts that English has', () => {
      expect(unequalKeys(texts, english)).toEqual([]);
    });

    it('has every plural form of its language, and no other', () => {
      expect(pluralFaults(locale, texts)).toEqual([]);
    });

    it('fills in the same values as English', () => {
      expect(placeholderFaults(texts, english)).toEqual([]);
    });

    it('has no text that is empty or untidy', () => {
      expect(untidy(texts)).toEqual([]);
    });

    it('has the quotation marks and spaces of its language', () => {
      expect(typographyFaults(locale, texts)).toEqual([]);
    });

    it('quotes only names that are on a screen', () => {
      expect(namesOfNothing(texts)).toEqual([]);
    });

    it('says that a chat is shown or hidden, and does not speak of people who left as if they were dead', () => {
      expect([...sightAsOpening(locale, texts), ...finalSentences(locale, texts)]).toEqual([]);
    });

    it('is a plain text file, as the CRM’s loader needs it', () => {
      const text = readFileSync(`locales/${locale}.json`, 'utf8');
      expect(text.startsWith('\u{FEFF}')).toBe(false);
      expect(text).not.toContain('\r');
    });
  });

  it('never use "he" or "she"', () => {
    expect(hisOrHers(english)).toEqual([]);
  });

  it('name things as the chat service’s own help does', () => {
    const named = (locale: string) => Object.keys(NAMES).map(key => locales.get(locale)?.get(key));
    expect(named('ru')).toEqual(Object.values(NAMES).map(([ru]) => ru));
    expect(named('en')).toEqual(Object.values(NAMES).map(([, en]) => en));
  });

  it('have no text that is never shown', () => {
    const code = sources.map(source => source.code).join('\n');
    const pages = ['pages/page', 'connections/ask-page', 'frames/allowing']
      .map(name => readFileSync(`server/${name}.ts`, 'utf8'))
      .join('\n');
    const alarms = ['kind', 'words'].map(name => readFileSync(`server/alarms/${name}.ts`, 'utf8')).join('\n');
    /** The beginnings of keys whose ends are chosen at run time. */
    const beginnings = [...code.matchAll(/`(?<beginning>[\w.-]+\.)\$\{/g)].flatMap(
      ({ groups }) => groups?.['beginning'] ?? [],
    );
    /** The server's own pages take their words by name. */
    const isOnPage = (stem: string): boolean => {
      const [, name] = /^connect\.page\.(.+)$/.exec(stem) ?? [];
      return name !== undefined && (pages.includes(`words.${name}`) || pages.includes(`'${name}'`));
    };
    const isInTask = (stem: string): boolean => {
      const [, name] = /^alarms\.(.+)$/.exec(stem) ?? [];
      return name !== undefined && (alarms.includes(`.${name};`) || alarms.includes(`'${name}'`));
    };
    const isShown = (stem: string): boolean =>
      stem.startsWith('widget.') ||
      isOnPage(stem) ||
      isInTask(stem) ||
      stem === 'settings.custom' ||
      code.includes(`'${stem}'`) ||
      beginnings.some(beginning => stem.startsWith(beginning));
    expect(stemsOf(english).filter(stem => !isShown(stem))).toEqual([]);
  });
});

describe('the views', () => {
  it.each(sources.filter(({ name }) => name.endsWith('.tsx')))(
    '$name has no text without a key',
    ({ code }) => {
      expect(wordsWithoutKey(code)).toEqual([]);
    },
  );
});
