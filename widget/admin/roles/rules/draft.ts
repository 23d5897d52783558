/**
 * Unsaved changes: edits over the list as it was last read. Seats without an edit, and unknown people and channels,
 * stay unchanged.
 */
import { seatKey, type Assignment, type Seat } from '../../../../domain/assignment.ts';
import {
  mayReceiveNewClients,
  ROLES,
  startsReceivingNewClients,
  type Role,
} from '../../../../domain/role.ts';

/** The choices in the order of the columns. */
export const OFFERED: readonly (Role | null)[] = [null, ...ROLES];

/** The value of a seat, now or after a save. */
export type RoleChoice = { readonly role: Role | null; readonly receivesNewClients: boolean };

export type Draft = {
  readonly base: ReadonlyMap<string, Assignment>;
  /** Only the seats that differ from the base. */
  readonly edits: ReadonlyMap<string, Seat & RoleChoice>;
  /**
   * Edited seats that another admin changed too and that are not resolved yet, each with its value before both changes.
   */
  readonly contested: ReadonlyMap<string, RoleChoice>;
};

/** One changed seat. */
export type Change = { readonly seat: Seat; readonly before: RoleChoice; readonly after: RoleChoice };

const NO_ROLE: RoleChoice = { role: null, receivesNewClients: false };

export const choiceFrom = (seat: RoleChoice | undefined): RoleChoice =>
  seat ? { role: seat.role, receivesNewClients: seat.receivesNewClients } : NO_ROLE;

export const draftOver = (assignments: readonly Assignment[]): Draft => ({
  base: new Map(assignments.map(assignment => [seatKey(assignment), assignment])),
  edits: new Map(),
  contested: new Map(),
});

export const choiceAt = (draft: Draft, seat: Seat): RoleChoice =>
  draft.edits.get(seatKey(seat)) ?? baseAt(draft, seatKey(seat));

/** The value in the list, regardless of edits. */
export const baseAt = ({ base }: Pick<Draft, 'base'>, key: string): RoleChoice => base.get(key) ?? NO_ROLE;

export const sameChoice = (one: RoleChoice, other: RoleChoice): boolean =>
  one.role === other.role && one.receivesNewClients === other.receivesNewClients;

export const isEdited = (draft: Draft, seat: Seat): boolean => draft.edits.has(seatKey(seat));

/** The choice after picking a role. A newly picked role brings its default for the switch. */
export function choiceWith(now: RoleChoice, before: RoleChoice, role: Role | null): RoleChoice {
  if (now.role === role) return now;
  return {
    role,
    receivesNewClients: before.role === role ? before.receivesNewClients : startsReceivingNewClients(role),
  };
}

export const withRole = (draft: Draft, seat: Seat, role: Role | null): Draft =>
  withEach(draft, only(seat), (now, before) => choiceWith(now, before, role));

/** Does not change seats whose role has no such switch. */
export const withNewClients = (draft: Draft, seat: Seat, receivesNewClients: boolean): Draft =>
  withEach(draft, only(seat), ({ role }) => ({ role, receivesNewClients }));

const only = ({ channelId, employeeId }: Seat): Reach => ({
  channelIds: [channelId],
  employeeIds: [employeeId],
});

/** Applies many edits at once. */
export function withChoices(draft: Draft, places: Iterable<Seat & RoleChoice>): Draft {
  const next = { ...draft, edits: new Map(draft.edits), contested: new Map(draft.contested) };
  for (const { channelId, employeeId, ...place } of places) {
    const seat = { channelId, employeeId };
    const key = seatKey(seat);
    put(next, key, seat, baseAt(draft, key), place);
  }
  return next;
}

/** The seats that an edit affects: these people on these channels. */
export type Reach = { readonly channelIds: readonly string[]; readonly employeeIds: readonly string[] };

/**
 * Replaces each seat by the result of `choiceOf`, which gets its current and its base value. The key is built only
 * once, because that is most of the work.
 */
export function withEach(
  draft: Draft,
  { channelIds, employeeIds }: Reach,
  choiceOf: (now: RoleChoice, before: RoleChoice, seat: Seat) => RoleChoice,
): Draft {
  const next = { ...draft, edits: new Map(draft.edits), contested: new Map(draft.contested) };
  for (const channelId of channelIds) {
    for (const employeeId of employeeIds) {
      const seat = { channelId, employeeId };
      const key = seatKey(seat);
      const before = baseAt(draft, key);
      put(next, key, seat, before, choiceOf(draft.edits.get(key) ?? before, before, seat));
    }
  }
  return next;
}

/** A role without the switch keeps it off. */
function put(
  { edits, contested }: { edits: Map<string, Seat & RoleChoice>; contested: Map<string, RoleChoice> },
  key: string,
  { channelId, employeeId }: Seat,
  before: RoleChoice,
  { role, receivesNewClients: wanted }: RoleChoice,
): void {
  const receivesNewClients = wanted && mayReceiveNewClients(role);
  if (before.role === role && before.receivesNewClients === receivesNewClients) {
    edits.delete(key);
    contested.delete(key);
  } else edits.set(key, { channelId, employeeId, role, receivesNewClients });
}

/** The complete list to write. */
export function assignmentsOf(draft: Draft): readonly Assignment[] {
  const kept = [...draft.base].filter(([key]) => !draft.edits.has(key)).map(([, assignment]) => assignment);
  const edited = [...draft.edits.values()].flatMap(({ role, ...edit }) =>
    role === null ? [] : [{ ...edit, role }],
  );
  return [...kept, ...edited];
}

/**
 * The draft without its base list, for storing and for merging into a later list. `before` is the value that both sides
 * knew, so merging these changes again finds the same conflicts.
 */
export const changesOf = (draft: Draft): readonly Change[] =>
  [...draft.edits].map(([key, { channelId, employeeId, role, receivesNewClients }]) => {
    const { role: had, receivesNewClients: received } = draft.contested.get(key) ?? baseAt(draft, key);
    return {
      seat: { channelId, employeeId },
      before: { role: had, receivesNewClients: received },
      after: { role, receivesNewClients },
    };
  });

/** A draft over only the changed seats, to be merged into a list. */
export const draftOf = (changes: readonly Change[]): Draft => ({
  ...draftOver(
    changes.flatMap(({ seat, before: { role, ...rest } }) => (role ? [{ ...seat, role, ...rest }] : [])),
  ),
  edits: new Map(changes.map(({ seat, after }) => [seatKey(seat), { ...seat, ...after }])),
});
