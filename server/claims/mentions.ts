/** People in texts, as "@[11]": ids, because no name is kept. They get their names when the text is written. */
import { contained } from '../../domain/contained.ts';

const MENTION = /@\[(\w+)\]/g;
/** As many as any text of ours names, and more: each is a question to the CRM. */
const MOST_PEOPLE = 10;

/** `nameOf` whoever is gone is null: their id is all that anybody knows. */
export async function withNames(
  text: string,
  nameOf: (employeeId: string) => Promise<string | null>,
): Promise<string> {
  const ids = [...new Set(Array.from(text.matchAll(MENTION), ([, id = '']) => id))].slice(0, MOST_PEOPLE);
  const names = new Map<string, string | null>();
  for (const id of ids) names.set(id, await nameOf(id));
  return text.replaceAll(MENTION, (_, id: string) => contained(names.get(id) ?? id));
}
