/**
 * Cuts text to the limits of a service. Limits are counted in UTF-16 units. No other way of counting characters gives a
 * higher number, so the result fits however the service counts. A character that people see as one (a composed emoji, a
 * letter with its accent) is either kept whole or left out.
 */

/** Replaces lone surrogates. They are not valid text, and a service may refuse the whole request because of one. */
export const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');

export function cut(text: string, most: number): string {
  const whole = wellFormed(text);
  if (whole.length <= most) return whole;
  // A single character that exceeds the whole limit is cut.
  return fitting(charactersOf(whole), most) || fitting(whole, most);
}

/** Cuts an address without breaking the percent-escapes of a character. */
export function cutAddress(address: string, most: number): string {
  if (address.length <= most) return wellFormed(address);
  let short = cut(address, most).replace(/%[\da-f]?$/i, '');
  // A character has at most four escapes.
  for (let dropped = 0; dropped < 3 && !isReadable(short); dropped += 1) short = short.slice(0, -3);
  return short;
}

const isReadable = (address: string): boolean => {
  const [escapes = ''] = /(?:%[\da-f]{2})*$/i.exec(address) ?? [];
  try {
    decodeURIComponent(escapes);
    return true;
  } catch {
    return false;
  }
};

function fitting(parts: Iterable<string>, most: number): string {
  let text = '';
  for (const part of parts) {
    if (text.length + part.length > most) break;
    text += part;
  }
  return text;
}

/**
 * Approximates grapheme clusters for browsers without a segmenter (Firefox 115): a character together with its marks,
 * variation selectors, skin tones, tags and joined characters, and the two letters of a flag.
 */
const CHARACTER = /\r\n|(?:\p{RI}{2}|[^])(?:[\p{M}\p{EMod}\u200C\u{E0020}-\u{E007F}]|\u200D\p{ExtPict}?)*/gu;

function* charactersOf(text: string): Iterable<string> {
  if ('Segmenter' in Intl)
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text))
      yield segment;
  else for (const [character] of text.matchAll(CHARACTER)) yield character;
}
