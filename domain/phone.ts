/** Countries with the calling code 7. Domestic numbers there begin with 8 or have no prefix. */
const SEVEN = new Set(['RU', 'KZ']);

/**
 * Converts a phone number to the form that chat services use: country code first, digits only (E.164 without the plus).
 * `null` if the text cannot be such a number. The server knows every country's numbering plan and decides in the end.
 */
export function chatNumber(written: string, country: string): string | null {
  const digits = written.replaceAll(/\D/g, '');
  const home =
    SEVEN.has(country) && !written.includes('+') ? /^8?([1-9]\d{9})$/.exec(digits)?.[1] : undefined;
  const number = home === undefined ? digits : `7${home}`;
  return number.length >= 8 && number.length <= 15 && !number.startsWith('0') ? number : null;
}
