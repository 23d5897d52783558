/** «As it was»: takes a claim back while it is fresh, with everything that followed from it. */
import type { Employee } from '../../../domain/employee.ts';
import type { HostRecords } from '../../host/host.ts';
import type { DealMove } from '../../../domain/deal.ts';
import type { FollowUp, Outbox } from './follow-up.ts';
import { give, moving, type GiveOutcome } from './hand-over.ts';
import { named } from './mention.ts';
import { isSameText } from './note.ts';

/** How long a claim can be taken back. */
export const UNDO_MS = 30_000;

/** A claim that the CRM has confirmed. */
export type Claimed = {
  readonly contactId: string;
  readonly me: string;
  /** Who was responsible before; `null`: nobody. */
  readonly formerOwnerId: string | null;
  /** When it was confirmed, in milliseconds since the epoch. */
  readonly at: number;
  /** The ids that the outbox gave to its follow-ups. */
  readonly followUpIds: readonly string[];
};

export type UndoOutcome =
  | GiveOutcome
  /** The thirty seconds are over. Nothing was changed. */
  | { readonly kind: 'too-late' }
  /** There was no responsible before, or they do not work here any more. Nothing was changed. */
  | { readonly kind: 'former-owner-left' };

/** Who may get the client back. */
export type Staff = {
  readonly standInOwners: readonly string[];
  readonly employee: (id: string) => Employee | undefined;
};

/** Whether to offer it, as far as can be told without asking anybody. */
export function undoable(claimed: Claimed, staff: Staff, now: number): boolean {
  return now - claimed.at < UNDO_MS && formerOwner(claimed, staff) !== null;
}

function formerOwner({ formerOwnerId }: Claimed, { standInOwners, employee }: Staff): string | null {
  if (formerOwnerId === null) return null;
  return standInOwners.includes(formerOwnerId) || employee(formerOwnerId)?.active ? formerOwnerId : null;
}

/**
 * `note`: the text that goes into the feed if the claim's own note may be there already. Deals go back one by one to
 * whom they were taken from; those that somebody else has by now stay.
 */
export async function undoClaim(
  { records, outbox, staff, now }: UndoNeeds,
  claimed: Claimed,
  note: string | null,
): Promise<UndoOutcome> {
  const toId = formerOwner(claimed, staff);
  if (now() - claimed.at >= UNDO_MS) return { kind: 'too-late' };
  if (toId === null) return { kind: 'former-owner-left' };
  const { contactId, me } = claimed;
  const outcome = await give(records, { contactId, fromId: me, toId });
  if (outcome.kind !== 'given') return outcome;
  const mine = outbox.shown.value.filter(({ id }) => claimed.followUpIds.includes(id));
  const cancelled = new Set(outbox.cancel(claimed.followUpIds));
  const done = mine.filter(({ id }) => !cancelled.has(id)).map(({ followUp }) => followUp);
  outbox.add(
    [
      { kind: 'chat', contactId, ownerId: toId },
      ...done.flatMap(one => (one.kind === 'deals' ? returning(one.deals, { contactId, me, toId }) : [])),
      ...(note !== null && done.some(({ kind }) => kind === 'note')
        ? [{ kind: 'note', contactId, text: note } as const]
        : []),
      ...(await answering({ records, staff }, done, note ?? '')),
    ],
    outcome.contact,
  );
  return outcome;
}

/** What the former owner was told about needs nothing of them any more. A task that cannot be found stays. */
async function answering(
  { records, staff }: Pick<UndoNeeds, 'records' | 'staff'>,
  done: readonly FollowUp[],
  text: string,
): Promise<readonly FollowUp[]> {
  const task = done.find(({ kind }) => kind === 'task');
  if (task?.kind !== 'task') return [];
  const { contactId, forId } = task;
  const tasks = await records.tasks(contactId).catch(() => []);
  const said = named(task.text, id => staff.employee(id)?.name);
  const put = tasks.find(one => one.forId === forId && isSameText(one.text, said));
  return put ? [{ kind: 'answer', contactId, taskId: put.id, text }] : [];
}

type UndoNeeds = {
  readonly records: HostRecords;
  readonly outbox: Outbox;
  readonly staff: Staff;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** One follow-up for each former owner. A deal without one stays mine: the CRM cannot take a responsible away. */
function returning(
  deals: readonly DealMove[],
  { contactId, me, toId }: { readonly contactId: string; readonly me: string; readonly toId: string },
): readonly FollowUp[] {
  const owners = new Set(deals.map(({ fromId }) => fromId).filter(id => id !== null));
  return [...owners].flatMap(ownerId =>
    moving(
      contactId,
      toId,
      ownerId,
      deals.filter(({ fromId }) => fromId === ownerId).map(({ id }) => ({ id, fromId: me })),
    ),
  );
}
