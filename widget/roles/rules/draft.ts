/**
 * What the admin has changed and not saved: edits over the list as it was last read. Pairs that nobody edited, and
 * people or channels that we do not know, come out of it as they went in.
 */
import { seatKey, type Assignment, type Seat } from '../../domain/assignment.ts';
import { mayReceiveNewClients, startsReceivingNewClients, type Role } from '../../domain/role.ts';

/** What a seat holds, or would hold once saved. */
export type Place = { readonly role: Role | null; readonly receivesNewClients: boolean };

export type Draft = {
  readonly base: ReadonlyMap<string, Assignment>;
  /** Only what differs from the base. */
  readonly edits: ReadonlyMap<string, Seat & Place>;
  /**
   * Edited seats that somebody else has changed too and that the admin has not settled yet: what each held before
   * both of them.
   */
  readonly contested: ReadonlyMap<string, Place>;
};

/** One seat that was changed, or is to be. */
export type Change = { readonly seat: Seat; readonly before: Place; readonly after: Place };

const NO_ROLE: Place = { role: null, receivesNewClients: false };

export const draftOver = (assignments: readonly Assignment[]): Draft => ({
  base: new Map(assignments.map(assignment => [seatKey(assignment), assignment])),
  edits: new Map(),
  contested: new Map(),
});

export const placeAt = (draft: Draft, seat: Seat): Place =>
  draft.edits.get(seatKey(seat)) ?? baseAt(draft, seatKey(seat));

/** What the list holds there, whatever the edits say. */
export const baseAt = ({ base }: Pick<Draft, 'base'>, key: string): Place => base.get(key) ?? NO_ROLE;

export const samePlace = (one: Place, other: Place): boolean =>
  one.role === other.role && one.receivesNewClients === other.receivesNewClients;

export const isEdited = (draft: Draft, seat: Seat): boolean => draft.edits.has(seatKey(seat));

/** What choosing a role makes of a seat: a newly chosen one brings its own usual switch. */
export function placeWith(draft: Draft, seat: Seat, role: Role | null): Place {
  const now = placeAt(draft, seat);
  if (now.role === role) return now;
  const before = draft.base.get(seatKey(seat));
  return {
    role,
    receivesNewClients: before?.role === role ? before.receivesNewClients : startsReceivingNewClients(role),
  };
}

export const withRole = (draft: Draft, { channelId, employeeId }: Seat, role: Role | null): Draft =>
  withPlaces(draft, [{ channelId, employeeId, ...placeWith(draft, { channelId, employeeId }, role) }]);

/** Leaves a seat alone whose role has no such switch. */
export const withNewClients = (draft: Draft, { channelId, employeeId }: Seat, on: boolean): Draft => {
  const { role } = placeAt(draft, { channelId, employeeId });
  return withPlaces(draft, [{ channelId, employeeId, role, receivesNewClients: on }]);
};

/** Many edits at once. A switch that the role does not have stays off. */
export function withPlaces(draft: Draft, places: Iterable<Seat & Place>): Draft {
  const edits = new Map(draft.edits);
  const contested = new Map(draft.contested);
  for (const { channelId, employeeId, role, receivesNewClients: wanted } of places) {
    const key = seatKey({ channelId, employeeId });
    const place = { role, receivesNewClients: wanted && mayReceiveNewClients(role) };
    if (samePlace(baseAt(draft, key), place)) {
      edits.delete(key);
      contested.delete(key);
    } else edits.set(key, { channelId, employeeId, ...place });
  }
  return { ...draft, edits, contested };
}

/** The whole list as it is to be written. */
export function assignmentsOf(draft: Draft): readonly Assignment[] {
  const kept = [...draft.base].filter(([key]) => !draft.edits.has(key)).map(([, assignment]) => assignment);
  const edited = [...draft.edits.values()].flatMap(({ role, ...edit }) =>
    role === null ? [] : [{ ...edit, role }],
  );
  return [...kept, ...edited];
}
