/**
 * Brings the responsible of contacts and deals in the chat service up to date with the CRM. What a seller sees follows
 * the chat service's copy, and a responsible changed in the CRM's own ways (the card's field, a bulk edit, a bot) does
 * not reach it by itself.
 */
import type { Chat } from '../chat/chat.ts';
import type { Employee } from '../domain/employee.ts';
import { ownershipOf } from '../domain/ownership.ts';
import type { HostRecords } from '../host/host.ts';
import { asFailure, Failure } from '../http/failure.ts';
import { correctContact, correctDeal, type BothSides } from './correct-owner.ts';
import type { Progress } from './refresh.ts';

const MOST_AT_ONCE = 200;
/** The person's clock and the CRM's may differ: what was followed already is looked at again, as far as there is room. */
const OVERLAP_SECONDS = 600;
const FIRST_TIME_SECONDS = 24 * 3600;

/** A deal among those who wait; a contact goes by its bare id. */
const DEAL = 'deal:';

/** Up to where changes of responsible are followed, and who still waits. */
export type Followed = {
  /** Unix seconds; `null` before the first time. */
  readonly to: number | null;
  /** Changed contacts and deals that were not brought up to date yet. */
  readonly waiting: readonly string[];
};

export type OwnersResult = {
  /** Contacts that have another responsible in the chat service now. */
  readonly corrected: number;
  /** Contacts that are nobody's now. */
  readonly freed: number;
  /** Deals that have another responsible there now, or are there no more. */
  readonly deals: number;
  /** False when there were more changes than could be read; the oldest may be missing. */
  readonly complete: boolean;
  readonly followed: Followed;
  /** Why some wait that should not: refused ones, or all the rest when a service stopped answering. */
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
  const { changes, complete } = await changesSince(records, since, signal);
  const idsOf = (isMeant: (at: number) => boolean): readonly string[] =>
    changes.flatMap(({ id, at }) => (isMeant(at) ? [id] : []));
  const due = [...new Set([...followed.waiting, ...idsOf(at => at >= (followed.to ?? since))])];
  const again = idsOf(at => at < (followed.to ?? since));
  const turn = [...new Set([...due, ...again])].slice(0, MOST_AT_ONCE);
  const sides: BothSides = { records, chat, isFree: freeAmong(people) };

  const counts = { unchanged: 0, corrected: 0, freed: 0, deals: 0 };
  const failed: { readonly id: string; readonly failure: Failure }[] = [];
  // A refusal concerns one of them; after any other failure the next ones would fail as well.
  const mayGoOn = (): boolean => !signal.aborted && failed.every(({ failure }) => failure.code === 'refused');
  let done = 0;
  while (done < turn.length && mayGoOn()) {
    report(done, turn.length);
    const id = turn[done] ?? '';
    try {
      const outcome = id.startsWith(DEAL)
        ? await correctDeal(sides, id.slice(DEAL.length))
        : await correctContact(sides, id);
      counts[outcome] += 1;
    } catch (thrown) {
      failed.push({ id, failure: asFailure(thrown) });
    }
    done += 1;
  }
  const isCancelled = signal.aborted && done < turn.length;
  return {
    corrected: counts.corrected,
    freed: counts.freed,
    deals: counts.deals,
    complete,
    followed: {
      to: now,
      // Whoever failed comes last, so that he does not stop the next run before it has begun.
      waiting: [...turn.slice(done), ...due.slice(turn.length), ...failed.map(({ id }) => id)],
    },
    failure: isCancelled ? new Failure('cancelled', 'crm') : (failed.at(-1)?.failure ?? null),
  };
}

/** Contacts come first: the chat service knows a deal by its contacts. */
async function changesSince(
  records: HostRecords,
  since: number,
  signal: AbortSignal,
): Promise<{ readonly changes: readonly { readonly id: string; readonly at: number }[]; complete: boolean }> {
  const contacts = await records.ownerChangesSince(since, { signal });
  const deals = await records.dealOwnerChangesSince(since, { signal });
  return {
    changes: [
      ...contacts.changes.map(({ contactId, at }) => ({ id: contactId, at })),
      ...deals.changes.map(({ dealId, at }) => ({ id: DEAL + dealId, at })),
    ],
    complete: contacts.complete && deals.complete,
  };
}

function freeAmong({
  employees,
  standInOwners,
}: {
  readonly employees: readonly Employee[];
  readonly standInOwners: readonly string[];
}): (ownerId: string) => boolean {
  const byId = new Map(employees.map(one => [one.id, one]));
  return ownerId =>
    ownershipOf(ownerId, { me: '', standInOwners, employee: id => byId.get(id) }).kind === 'free';
}
