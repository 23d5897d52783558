/** Who writes to a channel when a test does not say, and what. */
import type { Language } from './people.ts';

export const FIRST_WORDS: Record<Language, { name: string; text: string }> = {
  ru: { name: 'Анна Смирнова', text: 'Здравствуйте! Сколько стоит доставка?' },
  en: { name: 'Anna Smith', text: 'Hello! How much is the delivery?' },
};
