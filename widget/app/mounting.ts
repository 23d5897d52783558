/** What each thing of ours on a page is made of: all that the CRM lends, and words in the person's language. */
import type { HostKit } from '../host/host.ts';
import { createDictionary, type Dictionary } from '../words/words.tsx';

export type Mounting = { readonly kit: HostKit; readonly dictionary: Dictionary };

/** `kitFor` is given what an employee is called whose own name shows nothing. */
export function mountingWith(kitFor: (nameless: (employeeId: string) => string) => HostKit): Mounting {
  const kit = kitFor(id => dictionary.words('card.employee', { id }));
  const dictionary = createDictionary(kit.page.locale, kit.firstWords);
  return { kit, dictionary };
}
