/**
 * Text within the limits of a service. Limits are counted in UTF-16 units: no other way of counting characters finds
 * more of them, so the text is within the limit whichever way the service counts. A character that people see as one
 * (an emoji of several parts, a letter with its accent) is kept whole or left out.
 */

/** Half of a surrogate pair is no text: a service may refuse all that comes with it. */
export const wellFormed = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');

export function cut(text: string, most: number): string {
  const whole = wellFormed(text);
  if (whole.length <= most) return whole;
  // One character that is longer than all the room there is comes in part.
  return fitting(charactersOf(whole), most) || fitting(whole, most);
}

/** Cuts an address so that every percent-escape in it can still be read. */
export function cutAddress(address: string, most: number): string {
  if (address.length <= most) return wellFormed(address);
  let short = cut(address, most).replace(/%[\da-f]?$/i, '');
  // A letter takes four escapes at most.
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
 * What belongs together where the browser has no segmenter (Firefox 115): marks, variation selectors, skin tones, tags
 * and joiners with what they stand behind, what is joined, and the two letters of a flag.
 */
const CHARACTER = /\r\n|(?:\p{RI}{2}|[^])(?:[\p{M}\p{EMod}\u200C\u{E0020}-\u{E007F}]|\u200D\p{ExtPict}?)*/gu;

function* charactersOf(text: string): Iterable<string> {
  if ('Segmenter' in Intl)
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text))
      yield segment;
  else for (const [character] of text.matchAll(CHARACTER)) yield character;
}
