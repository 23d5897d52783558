/** All texts in one of the stage's languages. */
import { createDictionary, type Words } from '../../widget/words/words.tsx';
import en from '../../locales/en.json' with { type: 'json' };
import ru from '../../locales/ru.json' with { type: 'json' };
import type { Language } from '../world/people.ts';

export const wordsIn = (language: Language): Words =>
  createDictionary(language, language === 'ru' ? ru : en).words;
