/** The role of one employee on one channel. A pair without an assignment has no role. */
import { groupedBy } from './namesakes.ts';
import type { Role } from './role.ts';

export type Assignment = {
  readonly channelId: string;
  readonly employeeId: string;
  readonly role: Role;
  /** Takes part in the distribution of new clients; a seller with it also sees chats of clients nobody has. */
  readonly receivesNewClients: boolean;
};

/** A (channel, employee) pair. */
export type Seat = Pick<Assignment, 'channelId' | 'employeeId'>;

/** Identifies a pair inside maps. Ids of channels contain no blanks. */
export const seatKey = ({ channelId, employeeId }: Seat): string => `${channelId} ${employeeId}`;

type Channels = readonly { readonly id: string }[];

/**
 * Those on channels that exist: nobody has a role anywhere else. A channel that is added again has a new id. Where some
 * channels could not be made out, nobody can tell which are gone: then all of them count.
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

/** Roles that were left behind on a channel that is gone. They apply to nothing. */
export type GoneChannel = { readonly channelId: string; readonly employeeIds: readonly string[] };

/** Of all seats, those that are not among the ones on existing channels. */
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

/** Whether two lists say the same, in whatever order. */
export function sameAssignments(one: readonly Assignment[], other: readonly Assignment[]): boolean {
  const seats = new Map(one.map(assignment => [seatKey(assignment), assignment]));
  return (
    one.length === other.length &&
    other.every(assignment => sameAssignment(seats.get(seatKey(assignment)), assignment))
  );
}
