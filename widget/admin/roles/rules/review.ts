/**
 * What a draft would change when saved: by person and channel, and who gains or loses which chats. Pure: the same draft
 * gives the same review, an empty draft an empty one.
 */
import { seatKey, type Seat, type Assignment } from '../../../../domain/assignment.ts';
import { assignmentsOf, baseAt, type Change, type Draft } from './draft.ts';
import { CHAT_KINDS, viewOf, type ChatKind } from './reach.ts';
import type { Channel } from '../../../../domain/channel.ts';
import type { Employee } from '../../../../domain/employee.ts';
import { mayAnswer } from '../../../../domain/role.ts';

export const SIGHT_CHANGES = ['loses', 'gains', 'mayNotAnswer', 'mayAnswer'] as const;
/** The last two concern chats that the person sees both before and after. */
export type SightChange = (typeof SIGHT_CHANGES)[number];
export type ChangedSight = {
  readonly change: SightChange;
  readonly kind: ChatKind;
  readonly channelIds: readonly string[];
};

export type PersonReview = {
  readonly employeeId: string;
  /** In the order of the channels, with removed channels last. */
  readonly lines: readonly Change[];
  readonly sight: readonly ChangedSight[];
};

export type Review = {
  /** The admin first, then people who lose sight of chats, then the rest, each in the dialog's order. */
  readonly people: readonly PersonReview[];
  /** Channels on which no one could answer any more. */
  readonly silenced: readonly Channel[];
};

export type Staffing = {
  readonly channels: readonly Channel[];
  readonly employees: readonly Employee[];
  /** The id of the admin. */
  readonly me: string;
};

/** More people than an admin keeps in mind while editing. */
const MANY = 20;

export function reviewOf(draft: Draft, { channels, employees, me }: Staffing): Review {
  const channelOrder = new Map(channels.map(({ id }, at) => [id, at]));
  const linesOf = new Map<string, Change[]>();
  for (const [key, { role, receivesNewClients, ...seat }] of draft.edits) {
    const line = { seat, before: baseAt(draft, key), after: { role, receivesNewClients } };
    const known = linesOf.get(seat.employeeId);
    if (known) known.push(line);
    else linesOf.set(seat.employeeId, [line]);
  }
  /** Ignores removed channels, which have no chats. */
  const apply = (lines: readonly Change[]): readonly Change[] =>
    lines.filter(line => channelOrder.has(line.seat.channelId));
  const orderOf = (line: Change): number => channelOrder.get(line.seat.channelId) ?? channels.length;
  const order = new Map(employees.map(({ id }, at) => [id, at]));
  const rank = ({ employeeId, sight }: PersonReview): number =>
    employeeId === me ? 0 : sight.some(losesSight) ? 1 : 2;
  const people = [...linesOf].map(([employeeId, unsorted]): PersonReview => {
    const lines = unsorted.sort((one, other) => orderOf(one) - orderOf(other));
    return { employeeId, lines, sight: changedSightOf(apply(lines)) };
  });
  const place = ({ employeeId }: PersonReview): number => order.get(employeeId) ?? employees.length;
  return {
    people: people.sort((one, other) => rank(one) - rank(other) || place(one) - place(other)),
    silenced: silencedBy([...draft.base.values()], assignmentsOf(draft), channels, employees),
  };
}

/**
 * Whether the admin must review before saving: a channel loses its last person who may answer, an active employee loses
 * sight of chats, the admin's own role changes, or many people change.
 */
export function needsLook({ people, silenced }: Review, { channels, employees, me }: Staffing): boolean {
  const working = new Set(employees.filter(one => one.active).map(one => one.id));
  return (
    silenced.length > 0 ||
    people.length > MANY ||
    people.some(
      ({ employeeId, lines, sight }) =>
        (employeeId === me &&
          lines.some(
            ({ seat, before, after }) =>
              before.role !== after.role && channels.some(({ id }) => id === seat.channelId),
          )) ||
        (working.has(employeeId) && sight.some(losesSight)),
    )
  );
}

export const losesSight = ({ change }: ChangedSight): boolean => change === 'loses';

/** Resets these seats to their exact value in the base. */
export function reverted(draft: Draft, seats: readonly Seat[]): Draft {
  const edits = new Map(draft.edits);
  const contested = new Map(draft.contested);
  for (const key of seats.map(seatKey)) {
    edits.delete(key);
    contested.delete(key);
  }
  return { ...draft, edits, contested };
}

function changedSightOf(lines: readonly Change[]): readonly ChangedSight[] {
  return SIGHT_CHANGES.flatMap(change =>
    CHAT_KINDS.flatMap(kind => {
      const channelIds = lines
        .filter(line => changeOf(kind, line) === change)
        .map(line => line.seat.channelId);
      return channelIds.length > 0 ? [{ change, kind, channelIds }] : [];
    }),
  );
}

function changeOf(kind: ChatKind, { seat, before, after }: Change): SightChange | null {
  const was = viewOf(kind, seat.employeeId, before);
  const is = viewOf(kind, seat.employeeId, after);
  if (was.sees !== is.sees) return is.sees ? 'gains' : 'loses';
  if (was.writes === is.writes) return null;
  return is.writes ? 'mayAnswer' : 'mayNotAnswer';
}

/** Channels on which a save would remove the last person who may answer. */
export function silencedBy(
  before: readonly Assignment[],
  after: readonly Assignment[],
  channels: readonly Channel[],
  employees: readonly Employee[],
): readonly Channel[] {
  const working = new Set(employees.filter(one => one.active).map(one => one.id));
  const answered = (assignments: readonly Assignment[]): ReadonlySet<string> =>
    new Set(
      assignments.filter(one => mayAnswer(one.role) && working.has(one.employeeId)).map(one => one.channelId),
    );
  const [now, then] = [answered(before), answered(after)];
  return channels.filter(({ id }) => now.has(id) && !then.has(id));
}
