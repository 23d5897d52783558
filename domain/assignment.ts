/** The role of one employee on one channel. A pair without an assignment has no role. */
import { groupedBy } from './namesakes.ts';
import type { Role } from './role.ts';

export type Assignment = {
  readonly channelId: string;
  readonly employeeId: string;
  readonly role: Role;
  /**
   * Takes part in the distribution of new clients. A seller with this switch also sees chats of clients without an
   * owner.
   */
  readonly receivesNewClients: boolean;
};

/** One employee on one channel. */
export type Seat = Pick<Assignment, 'channelId' | 'employeeId'>;

/** Identifies a seat inside maps. Channel ids contain no spaces. */
export const seatKey = ({ channelId, employeeId }: Seat): string => `${channelId} ${employeeId}`;

type Channels = readonly { readonly id: string }[];

/**
 * Keeps the seats on channels that exist; a role on a removed channel has no effect. A channel that is added again gets
 * a new id. If some channel records could not be read, the list of channels is incomplete, so every seat counts as
 * existing.
 */
export function onChannels<T extends Seat>(
  seats: readonly T[],
  channels: Channels,
  areAllKnown = true,
): readonly T[] {
  if (!areAllKnown) return seats;
  const ids = new Set(channels.map(({ id }) => id));
  return seats.filter(({ channelId }) => ids.has(channelId));
}

/** Roles left behind on a channel that no longer exists. They have no effect. */
export type GoneChannel = { readonly channelId: string; readonly employeeIds: readonly string[] };

/** Groups the seats that are not on an existing channel by their channel. */
export function goneChannels(all: readonly Seat[], existing: readonly Seat[]): readonly GoneChannel[] {
  const ids = new Set(existing.map(({ channelId }) => channelId));
  const gone = groupedBy(
    all.filter(({ channelId }) => !ids.has(channelId)),
    ({ channelId }) => channelId,
  );
  return Array.from(gone, ([channelId, seats]) => ({
    channelId,
    employeeIds: seats.map(({ employeeId }) => employeeId),
  }));
}

export const sameAssignment = (one: Assignment | undefined, other: Assignment | undefined): boolean =>
  one?.role === other?.role && one?.receivesNewClients === other?.receivesNewClients;

/** Compares two lists regardless of their order. */
export function sameAssignments(one: readonly Assignment[], other: readonly Assignment[]): boolean {
  const seats = new Map(one.map(assignment => [seatKey(assignment), assignment]));
  return (
    one.length === other.length &&
    other.every(assignment => sameAssignment(seats.get(seatKey(assignment)), assignment))
  );
}
