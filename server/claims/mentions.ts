/** People in texts, by id as "@[11]", because no names are stored. Names are filled in when the text is written. */
import { contained } from '../../domain/contained.ts';

const MENTION = /@\[(\w+)\]/g;
/** More than any of our texts names. The limit exists because each person costs a request to the CRM. */
const MOST_PEOPLE = 10;

/** `nameOf` returns null for people who are gone. Their id stands in for the name. */
export async function withNames(
  text: string,
  nameOf: (employeeId: string) => Promise<string | null>,
): Promise<string> {
  const ids = [...new Set(Array.from(text.matchAll(MENTION), ([, id = '']) => id))].slice(0, MOST_PEOPLE);
  const names = new Map<string, string | null>();
  for (const id of ids) names.set(id, await nameOf(id));
  return text.replaceAll(MENTION, (_, id: string) => contained(names.get(id) ?? id));
}
