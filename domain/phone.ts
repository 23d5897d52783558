/** Countries where a number dialled with 8 is the same as one with +7. */
const EIGHT_MEANS_SEVEN = new Set(['RU', 'KZ']);

/**
 * A phone number as chat services know it: country code first, digits only (E.164 without the plus).
 * `null` when the text cannot be such a number, so that it is named instead of sent.
 */
export function chatNumber(written: string, country: string): string | null {
  const digits = written.replaceAll(/\D/g, '');
  const number =
    EIGHT_MEANS_SEVEN.has(country) && digits.length === 11 && digits.startsWith('8')
      ? `7${digits.slice(1)}`
      : digits;
  return number.length >= 8 && number.length <= 15 && !number.startsWith('0') ? number : null;
}
