/** Rules of wording and typography, by language. Pure, so that tests can try them on wrong texts. */
import type { Texts } from './faults.ts';

/** The CRM's own buttons, which are not among our texts. */
const BUTTONS_OF_THE_CRM = ['Установить', 'Install', 'Instalar', 'Yükle', 'Pasang', 'Орнату'];

const withoutTags = (text: string): string => text.replaceAll(/<[^>]*>/g, '');
const faultsBy = (texts: Texts, isWrong: (text: string, key: string) => boolean): readonly string[] =>
  [...texts].filter(([key, text]) => isWrong(withoutTags(text), key)).map(([key]) => key);

/** Languages that quote «so» and keep a dash and a unit on the line of the word before. */
const GUILLEMETS: ReadonlySet<string> = new Set(['ru', 'kk']);

/** Quotation marks are those of the language, and no line begins with a dash or a unit. */
export const typographyFaults = (locale: string, texts: Texts): readonly string[] =>
  faultsBy(texts, text =>
    GUILLEMETS.has(locale)
      ? /["“”]|\S — |\d \p{L}/u.test(text)
      : /["«»]/.test(text) || (locale === 'en' && text.includes("'")),
  );

/** A quoted phrase is the name of something on a screen, so some text has to be exactly that. */
export function namesOfNothing(texts: Texts): readonly string[] {
  const known = new Set([...texts.values(), ...BUTTONS_OF_THE_CRM]);
  return [...texts].flatMap(([key, text]) =>
    [...text.matchAll(/[«“](?<name>[^«»“”{]*)[»”]/g)]
      .map(({ groups }) => groups?.['name'] ?? '')
      .filter(name => !known.has(name))
      .map(name => `${key}: ${name}`),
  );
}

/** Opening or closing a chat means to begin or end a conversation. A chat that people can or cannot see is shown or hidden. */
const OPEN_OR_CLOSE: Readonly<Record<string, RegExp>> = {
  ru: /(от|за)кры\S+ чат/i,
  en: /\b(open|close) (\S+ ){0,3}chats?\b/i,
  es: /\b(abrir|cerrar) (\S+ ){0,3}chats?\b/i,
  pt: /\b(abrir|fechar) (\S+ ){0,3}chats?\b/i,
  tr: /sohbet\S* (aç|kapat)/i,
  id: /\b(membuka|menutup) chat/i,
  kk: /чат\S* (ашу|жабу)/i,
};
export const sightAsOpening = (locale: string, texts: Texts): readonly string[] =>
  faultsBy(texts, (text, key) => key.startsWith('why.change.') && OPEN_OR_CLOSE[locale]?.test(text) === true);

/** A text says that a person left the company, so that it does not sound as if they had died. */
const OBITUARY: Readonly<Record<string, RegExp>> = {
  ru: /(сотрудник|ответственн)\S* больше нет|больше нет в CRM|ушед|ответственный ушёл/i,
  en: /\b(departed|passed)\b|(user|employee|colleague|responsible) is (gone|not there)/i,
  es: /ya no está[:.n]|\bse (fue|fueron)\b/i,
  pt: /não está(o)? mais aqui|(responsável|funcionário|vendedor|quem) saiu(?! da empresa)/i,
  tr: /artık yok:|(?<!işten )ayrılan|sorumlu ayrıl/i,
  id: /(penanggung jawab|karyawan)\S*( sebelumnya)? sudah tidak ada/i,
  kk: /(жауапты|қызметкер)\S* енді жоқ|(?<!жұмыстан )кеткен қызметкер|жауапты\S* кеткен/i,
};
export const finalSentences = (locale: string, texts: Texts): readonly string[] =>
  faultsBy(texts, text => OBITUARY[locale]?.test(text) === true);

/** People are “they”, or the noun again. */
export const hisOrHers = (texts: Texts): readonly string[] =>
  faultsBy(texts, text => /\b(he|him|his|himself|she|her|hers|herself)\b/i.test(text));
