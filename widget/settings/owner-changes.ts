/**
 * Brings the responsible of contacts in the chat service up to date with the CRM. What a seller sees follows the chat
 * service's copy, and a responsible changed in the CRM's own ways (the card's field, a bulk edit, a bot) does not reach
 * it by itself.
 *
 * Each contact is read anew on both sides and written only if they differ, so that a second run repeats nothing. A
 * contact without a working responsible is taken out there: nobody's clients cannot be said otherwise. Contacts that
 * the chat service does not know stay unknown.
 */
import type { Chat } from '../chat/chat.ts';
import type { Employee } from '../domain/employee.ts';
import { ownershipOf } from '../domain/ownership.ts';
import type { HostRecords } from '../host/host.ts';
import { asFailure, Failure } from '../http/failure.ts';
import type { Progress } from './refresh.ts';

const MOST_CONTACTS = 200;
/** The person's clock and the CRM's may differ: what was followed already is looked at again, as far as there is room. */
const OVERLAP_SECONDS = 600;
const FIRST_TIME_SECONDS = 24 * 3600;

/** Up to where changes of responsible are followed, and who still waits. */
export type Followed = {
  /** Unix seconds; `null` before the first time. */
  readonly to: number | null;
  /** Ids of changed contacts that were not brought up to date yet. */
  readonly waiting: readonly string[];
};

export type OwnersResult = {
  /** Contacts that have another responsible in the chat service now. */
  readonly corrected: number;
  /** Contacts that are nobody's now. */
  readonly freed: number;
  /** False when there were more changes than could be read; the oldest may be missing. */
  readonly complete: boolean;
  readonly followed: Followed;
  /** Why contacts wait that should not: refused ones, or all the rest when a service stopped answering. */
  readonly failure: Failure | null;
};

/** Throws only if the changes could not be read. What was corrected until a failure stays corrected. */
export async function followOwnerChanges(
  { records, chat }: { readonly records: HostRecords; readonly chat: Chat },
  people: { readonly employees: readonly Employee[]; readonly standInOwners: readonly string[] },
  { followed, now }: { readonly followed: Followed; readonly now: number },
  { signal, report }: Progress,
): Promise<OwnersResult> {
  const since = followed.to === null ? now - FIRST_TIME_SECONDS : followed.to - OVERLAP_SECONDS;
  const { changes, complete } = await records.ownerChangesSince(since, { signal });
  const idsOf = (isMeant: (at: number) => boolean): readonly string[] =>
    changes.flatMap(({ contactId, at }) => (isMeant(at) ? [contactId] : []));
  const due = [...new Set([...followed.waiting, ...idsOf(at => at >= (followed.to ?? since))])];
  const again = idsOf(at => at < (followed.to ?? since));
  const turn = [...new Set([...due, ...again])].slice(0, MOST_CONTACTS);
  const employees = new Map(people.employees.map(one => [one.id, one]));
  const isFree = (ownerId: string): boolean =>
    ownershipOf(ownerId, {
      me: '',
      standInOwners: people.standInOwners,
      employee: id => employees.get(id),
    }).kind === 'free';

  const counts = { unchanged: 0, corrected: 0, freed: 0 };
  const failed: { readonly contactId: string; readonly failure: Failure }[] = [];
  // A refusal concerns one contact; after any other failure the next ones would fail as well.
  const mayGoOn = (): boolean => !signal.aborted && failed.every(({ failure }) => failure.code === 'refused');
  let done = 0;
  while (done < turn.length && mayGoOn()) {
    report(done, turn.length);
    const contactId = turn[done] ?? '';
    try {
      counts[await correct(records, chat, contactId, isFree)] += 1;
    } catch (thrown) {
      failed.push({ contactId, failure: asFailure(thrown) });
    }
    done += 1;
  }
  const isCancelled = signal.aborted && done < turn.length;
  return {
    corrected: counts.corrected,
    freed: counts.freed,
    complete,
    followed: {
      to: now,
      // Whoever failed comes last, so that he does not stop the next run before it has begun.
      waiting: [...turn.slice(done), ...due.slice(turn.length), ...failed.map(({ contactId }) => contactId)],
    },
    failure: isCancelled ? new Failure('cancelled', 'crm') : (failed.at(-1)?.failure ?? null),
  };
}

async function correct(
  records: HostRecords,
  chat: Chat,
  contactId: string,
  isFree: (ownerId: string) => boolean,
): Promise<'unchanged' | 'corrected' | 'freed'> {
  const known = await chat.contact(contactId);
  if (!known) return 'unchanged';
  const contact = await records.contact(contactId).catch((thrown: unknown) => {
    if (asFailure(thrown).code === 'missing') return null;
    throw thrown;
  });
  if (!contact) return 'unchanged';
  const { ownerId } = contact;
  if (ownerId === null || isFree(ownerId)) {
    await chat.forgetContact(contactId);
    return 'freed';
  }
  if (ownerId === known.ownerId) return 'unchanged';
  await chat.rememberContact({ ...known, ownerId });
  return 'corrected';
}
