/** The role of one employee on one channel. A pair without an assignment has no role. */
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
