/** Edits that reach over several channels or people at once. */
import type { Seat } from '../../domain/assignment.ts';
import type { Role } from '../../domain/role.ts';
import { placeAt, placeWith, withPlaces, type Draft, type Place } from './draft.ts';

/** Which seats an edit reaches: these people on these channels. */
export type Reach = { readonly channelIds: readonly string[]; readonly employeeIds: readonly string[] };

/** What one employee has on several channels together. What is not the same everywhere is `differs`: one value would lie. */
export type PlaceAcross = {
  readonly role: Role | null | 'differs';
  readonly receivesNewClients: boolean | 'differs';
};

export function placeAcross(draft: Draft, channelIds: readonly string[], employeeId: string): PlaceAcross {
  const places = channelIds.map(channelId => placeAt(draft, { channelId, employeeId }));
  const [first = { role: null, receivesNewClients: false }] = places;
  return {
    role: places.every(({ role }) => role === first.role) ? first.role : 'differs',
    receivesNewClients: places.every(
      ({ receivesNewClients }) => receivesNewClients === first.receivesNewClients,
    )
      ? first.receivesNewClients
      : 'differs',
  };
}

export const withRoleFor = (draft: Draft, reach: Reach, role: Role | null): Draft =>
  withPlaces(
    draft,
    seatsOf(reach).map(seat => placed(seat, placeWith(draft, seat, role))),
  );

export const withNewClientsFor = (draft: Draft, reach: Reach, receivesNewClients: boolean): Draft =>
  withPlaces(
    draft,
    seatsOf(reach).map(seat => placed(seat, { role: placeAt(draft, seat).role, receivesNewClients })),
  );

/** The same place for everybody, whatever he had. */
export const withPlaceFor = (draft: Draft, reach: Reach, place: Place): Draft =>
  withPlaces(
    draft,
    seatsOf(reach).map(seat => placed(seat, place)),
  );

/** Everybody gets on `to` what he has on `from`. */
export const withCopiedChannel = (
  draft: Draft,
  {
    from,
    to,
    employeeIds,
  }: { readonly from: string; readonly to: string; readonly employeeIds: readonly string[] },
): Draft =>
  withPlaces(
    draft,
    employeeIds.map(employeeId =>
      placed({ channelId: to, employeeId }, placeAt(draft, { channelId: from, employeeId })),
    ),
  );

/** These people get on each channel what the colleague has there. */
export const withSameAs = (draft: Draft, colleagueId: string, reach: Reach): Draft =>
  withPlaces(
    draft,
    seatsOf(reach).map(seat =>
      placed(seat, placeAt(draft, { channelId: seat.channelId, employeeId: colleagueId })),
    ),
  );

const seatsOf = ({ channelIds, employeeIds }: Reach): readonly Seat[] =>
  channelIds.flatMap(channelId => employeeIds.map(employeeId => ({ channelId, employeeId })));

const placed = ({ channelId, employeeId }: Seat, { role, receivesNewClients }: Place): Seat & Place => ({
  channelId,
  employeeId,
  role,
  receivesNewClients,
});
