/** Finds phone numbers in a card's fields and writes them as chat services do: country code first, digits only. */
import {
  findPhoneNumbersInText,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/**
 * Each number once. A field may have several numbers with words between them. Extensions and comments are dropped,
 * national numbers are completed with the account's country. Digits that no country's numbering plan knows are no
 * number: otherwise a date, or a name with digits, would become a client.
 */
export const numbersIn = (fields: readonly string[], country: string): readonly string[] => [
  ...new Set(fields.flatMap(field => numbersOf(field.trim(), country))),
];

/** Fields with text but without a number. */
export const withoutNumber = (fields: readonly string[], country: string): readonly string[] => [
  ...new Set(
    fields.map(field => field.trim()).filter(field => field && numbersOf(field, country).length === 0),
  ),
];

function numbersOf(field: string, country: string): readonly string[] {
  const home = country.toUpperCase();
  const found = findPhoneNumbersInText(field, isSupportedCountry(home) ? { defaultCountry: home } : {});
  if (found.length > 0) return found.map(({ number }) => digitsOf(number.number));
  // An international number without the plus.
  const whole = /^\d{10,15}$/.test(field) ? parsePhoneNumberFromString(`+${field}`) : undefined;
  return whole?.isValid() === true ? [digitsOf(whole.number)] : [];
}

/** Whether these digits, country code first, are a number of some country. */
export const isNumber = (digits: string): boolean =>
  /^\d{7,15}$/.test(digits) && parsePhoneNumberFromString(`+${digits}`)?.isValid() === true;

const digitsOf = (number: string): string => number.slice(1);
