/** Edits that reach over several channels or people at once. */
import type { Seat } from '../domain/assignment.ts';
import type { Role } from '../domain/role.ts';
import { placeAt, placeWith, withPlaces, type Draft, type Place } from './draft.ts';

/** What one employee has on all channels together. */
export type PlaceAcross =
  | ({ readonly kind: 'same' } & Place)
  /** Not the same everywhere: a row that shows one value would lie. */
  | { readonly kind: 'differs' };

export function placeAcross(draft: Draft, channelIds: readonly string[], employeeId: string): PlaceAcross {
  const [first, ...others] = channelIds.map(channelId => placeAt(draft, { channelId, employeeId }));
  if (!first) return { kind: 'same', role: null, receivesNewClients: false };
  const { role, receivesNewClients } = first;
  const isSame = others.every(
    other => other.role === role && other.receivesNewClients === receivesNewClients,
  );
  return isSame ? { kind: 'same', role, receivesNewClients } : { kind: 'differs' };
}

export function withRoleAcross(
  draft: Draft,
  channelIds: readonly string[],
  employeeId: string,
  role: Role | null,
): Draft {
  return withPlaces(
    draft,
    channelIds.map(channelId =>
      placedAt({ channelId, employeeId }, placeWith(draft, { channelId, employeeId }, role)),
    ),
  );
}

export function withNewClientsAcross(
  draft: Draft,
  channelIds: readonly string[],
  employeeId: string,
  receivesNewClients: boolean,
): Draft {
  return withPlaces(
    draft,
    channelIds.map(channelId => {
      const { role } = placeAt(draft, { channelId, employeeId });
      return { channelId, employeeId, role, receivesNewClients };
    }),
  );
}

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
      placedAt({ channelId: to, employeeId }, placeAt(draft, { channelId: from, employeeId })),
    ),
  );

/** `to` gets on each channel what `from` has there. */
export const withSameAs = (
  draft: Draft,
  {
    from,
    to,
    channelIds,
  }: { readonly from: string; readonly to: string; readonly channelIds: readonly string[] },
): Draft =>
  withPlaces(
    draft,
    channelIds.map(channelId =>
      placedAt({ channelId, employeeId: to }, placeAt(draft, { channelId, employeeId: from })),
    ),
  );

const placedAt = ({ channelId, employeeId }: Seat, { role, receivesNewClients }: Place): Seat & Place => ({
  channelId,
  employeeId,
  role,
  receivesNewClients,
});
