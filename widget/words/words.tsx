/**
 * The only place that knows i18next. All texts come from locales/, through the file that the CRM itself loads for the
 * person's language and passes to the widget.
 */
import { createContext, type ComponentChildren, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { createInstance, type TFunction } from 'i18next';
import type en from '../../locales/en.json';
import { contained } from '../../domain/contained.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/**
 * Returns a text by its key; an unknown key does not compile. Values are inserted as they are, because Preact escapes
 * them.
 */
export type Words = TFunction;

export type Dictionary = {
  readonly words: Words;
  /** Loads the complete texts. The CRM's file contains only those of a card's first view. */
  readonly complete: () => Promise<void>;
};

const ALL = import.meta.glob<object>('../../locales/*.json', { import: 'default' });

/** English, with English plurals, if the language is not supported. */
export function createDictionary(locale: string, first: object): Dictionary {
  const language = `../../locales/${locale}.json` in ALL ? locale : 'en';
  const instance = createInstance({
    lng: language,
    resources: { [language]: { translation: { ...first } } },
    initAsync: false,
    interpolation: { escape: contained, skipOnVariables: true },
  });
  void instance.init();
  return {
    words: instance.t,
    async complete() {
      const load = ALL[`../../locales/${language}.json`];
      if (load) instance.addResourceBundle(language, 'translation', await load(), true, true);
    },
  };
}

const WordsContext = createContext<Words | null>(null);

export function WordsProvider({ words, children }: { words: Words; children: ComponentChildren }): VNode {
  return <WordsContext.Provider value={words}>{children}</WordsContext.Provider>;
}

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('A view was rendered outside of WordsProvider');
  return words;
}
