/** Edits across several channels or people at once. */
import type { Role } from '../../../../domain/role.ts';
import { OFFERED, choiceAt, choiceWith, withEach, type Draft, type RoleChoice, type Reach } from './draft.ts';

/**
 * What one employee has on several channels together. `differs` if the channels do not agree, because no single value
 * would be true.
 */
export type PlaceAcross = {
  readonly role: Role | null | 'differs';
  readonly receivesNewClients: boolean | 'differs';
  /** The number of channels per role, in the order of `OFFERED`. */
  readonly counts: readonly number[];
  /** The number of channels on which they receive new clients. */
  readonly receiving: number;
};

export function choiceAcross(draft: Draft, channelIds: readonly string[], employeeId: string): PlaceAcross {
  const choices = channelIds.map(channelId => choiceAt(draft, { channelId, employeeId }));
  const counts = OFFERED.map(role => choices.filter(choice => choice.role === role).length);
  const receiving = choices.filter(choice => choice.receivesNewClients).length;
  const isEverywhere = (count: number): boolean => count === choices.length;
  return {
    role: OFFERED[counts.findIndex(isEverywhere)] ?? (counts.some(isEverywhere) ? null : 'differs'),
    receivesNewClients: receiving > 0 && (isEverywhere(receiving) || 'differs'),
    counts,
    receiving,
  };
}

export const withRoleFor = (draft: Draft, reach: Reach, role: Role | null): Draft =>
  withEach(draft, reach, (now, before) => choiceWith(now, before, role));

export const withNewClientsFor = (draft: Draft, reach: Reach, receivesNewClients: boolean): Draft =>
  withEach(draft, reach, ({ role }) => ({ role, receivesNewClients }));

/** Applies the same choice to everyone, whatever they had. */
export const withChoiceFor = (draft: Draft, reach: Reach, choice: RoleChoice): Draft =>
  withEach(draft, reach, () => choice);

/** Copies everyone's choice from channel `from` to channel `to`. */
export const withCopiedChannel = (
  draft: Draft,
  {
    from,
    to,
    employeeIds,
  }: { readonly from: string; readonly to: string; readonly employeeIds: readonly string[] },
): Draft =>
  withEach(draft, { channelIds: [to], employeeIds }, (_now, _before, { employeeId }) =>
    choiceAt(draft, { channelId: from, employeeId }),
  );

/** Gives these people what the colleague has on each channel. */
export const withSameAs = (draft: Draft, colleagueId: string, reach: Reach): Draft =>
  withEach(draft, reach, (_now, _before, { channelId }) =>
    choiceAt(draft, { channelId, employeeId: colleagueId }),
  );
