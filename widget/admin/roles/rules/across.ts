/** Edits that reach over several channels or people at once. */
import type { Role } from '../../../../domain/role.ts';
import { OFFERED, choiceAt, choiceWith, withEach, type Draft, type RoleChoice, type Reach } from './draft.ts';

/** What one employee has on several channels together. What is not the same everywhere is `differs`: one value would lie. */
export type PlaceAcross = {
  readonly role: Role | null | 'differs';
  readonly receivesNewClients: boolean | 'differs';
  /** On how many of the channels they have each role, in the order of `OFFERED`. */
  readonly counts: readonly number[];
  /** On how many they receive new clients. */
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

/** The same choice for everybody, whatever they had. */
export const withChoiceFor = (draft: Draft, reach: Reach, choice: RoleChoice): Draft =>
  withEach(draft, reach, () => choice);

/** Everybody gets on `to` what they have on `from`. */
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

/** These people get on each channel what the colleague has there. */
export const withSameAs = (draft: Draft, colleagueId: string, reach: Reach): Draft =>
  withEach(draft, reach, (_now, _before, { channelId }) =>
    choiceAt(draft, { channelId, employeeId: colleagueId }),
  );
