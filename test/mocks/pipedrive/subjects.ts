/** The subject of a note or an activity: users who see the subject see it too (inferred). */
import type { Company } from '../../world/pipedrive/company.ts';
import type { ItemRefusal } from '../../world/pipedrive/items.ts';
import type { NoteSubject } from '../../world/pipedrive/notes.ts';
import type { ItemKind } from '../../world/pipedrive/rights.ts';

type Hidden = { readonly kind: ItemKind; readonly why: ItemRefusal };

/** The first subject that the user may not see. */
export function hiddenAmong(
  company: Company,
  userId: number,
  { personId, dealId }: NoteSubject,
): Hidden | undefined {
  const person = personId === null ? undefined : company.personFor(userId, personId);
  if (typeof person === 'string') return { kind: 'person', why: person };
  const deal = dealId === null ? undefined : company.dealFor(userId, dealId);
  return typeof deal === 'string' ? { kind: 'deal', why: deal } : undefined;
}

export const isShown = (company: Company, userId: number, subject: NoteSubject): boolean =>
  hiddenAmong(company, userId, subject) === undefined;
