/** The default author and text of a message to a channel. */
import type { Language } from './people.ts';

export const FIRST_WORDS: Record<Language, { name: string; text: string }> = {
  ru: { name: 'Анна Смирнова', text: 'Здравствуйте! Сколько стоит доставка?' },
  en: { name: 'Anna Smith', text: 'Hello! How much is the delivery?' },
};
