/** Limits on the size of own settings. Every browser caches them for its cards, so they must stay small. */
import { readOwnRules } from './own-rules.ts';

/** Bytes in UTF-8. */
export const LONGEST = 8 * 1024;
export const MOST_PEOPLE = 100;

/** Why a change of own settings is refused. */
export type Refusal = 'too-long' | 'too-many-people';

/** Returns `null` if the change fits. A string already above the limit may still get smaller. */
export function refusalOf(before: string, after: string): Refusal | null {
  if (exceeds(bytes, LONGEST, before, after)) return 'too-long';
  return exceeds(exceptions, MOST_PEOPLE, before, after) ? 'too-many-people' : null;
}

const exceeds = (measure: (text: string) => number, limit: number, before: string, after: string): boolean =>
  measure(after) > limit && measure(after) > measure(before);

const bytes = (text: string): number => new TextEncoder().encode(text).length;
/** People with a default channel of their own. */
const exceptions = (text: string): number => readOwnRules(text).channels.people.size;
