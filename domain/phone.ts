/** Countries whose numbers begin with 7 from abroad; at home they are dialled with an 8, or without either. */
const SEVEN = new Set(['RU', 'KZ']);

/**
 * A phone number as chat services know it: country code first, digits only (E.164 without the plus).
 * `null` when the text cannot be such a number. The server knows every country's plan and has the last word.
 */
export function chatNumber(written: string, country: string): string | null {
  const digits = written.replaceAll(/\D/g, '');
  const home =
    SEVEN.has(country) && !written.includes('+') ? /^8?([1-9]\d{9})$/.exec(digits)?.[1] : undefined;
  const number = home === undefined ? digits : `7${home}`;
  return number.length >= 8 && number.length <= 15 && !number.startsWith('0') ? number : null;
}
