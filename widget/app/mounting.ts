/** What every part of the widget on a page needs: the host kit, and words in the person's language. */
import type { Reached } from '../account/server.ts';
import type { HostKit } from '../host/host.ts';
import type { Hides } from '../seller/card/model/hides.ts';
import type { Write } from '../seller/claim/writing.ts';
import { createDictionary, type Dictionary } from '../words/words.tsx';

/** How presses are carried out through our server. */
export type WriteThrough = (reached: Reached) => Write;

export type Mounting = {
  readonly kit: HostKit;
  readonly dictionary: Dictionary;
  /** Absent if the CRM's page writes itself. */
  readonly write?: WriteThrough;
  readonly hides?: Hides;
};

/** `kitFor` receives a function that returns a name for an employee whose own name is blank. */
export function mountingWith(kitFor: (nameless: (employeeId: string) => string) => HostKit): Mounting {
  const kit = kitFor(id => dictionary.words('card.employee', { id }));
  const dictionary = createDictionary(kit.page.locale, kit.firstWords);
  return { kit, dictionary };
}
