/**
 * Decides which of a client's open deals move together with the client. A colleague's deal moves only if the seller
 * ticks it.
 */
import type { Deal, DealMove } from './deal.ts';
import type { Employee } from './employee.ts';
import type { ClaimRules } from './own-rules.ts';
import { ownershipOf, type SeenBy } from './ownership.ts';

/** The fields of a deal that the rules need. */
type Owned = Pick<Deal, 'id' | 'ownerId' | 'isOpen'>;

export type DealAlong<Of = Deal> = {
  readonly deal: Of;
  /** `owners`: the deal belongs to the client's present owner. `colleagues`: it belongs to a third person. */
  readonly whose: 'mine' | 'free' | 'owners' | 'colleagues';
  readonly comes: boolean;
  /** Whether the seller decides, by a tick. */
  readonly isChoice: boolean;
};

/** Lists open deals in the CRM's order, with the deal of the open card first. */
export function dealsAlong<Of extends Owned>(given: {
  readonly deals: readonly Of[];
  readonly rule: ClaimRules['deals'];
  readonly clientOwnerId: string | null;
  readonly seenBy: SeenBy<Pick<Employee, 'active'>>;
  /** The seller's choices by deal id. */
  readonly ticks?: ReadonlyMap<string, boolean>;
  /** The deal whose card is open. */
  readonly thisDealId?: string | undefined;
}): readonly DealAlong<Of>[] {
  const { rule, clientOwnerId, seenBy, ticks } = given;
  const whoseIs = ({ ownerId }: Owned): DealAlong['whose'] => {
    const { kind } = ownershipOf(ownerId, seenBy);
    return kind === 'colleagues' && ownerId === clientOwnerId ? 'owners' : kind;
  };
  return given.deals
    .filter(deal => deal.isOpen)
    .sort((one, other) => Number(other.id === given.thisDealId) - Number(one.id === given.thisDealId))
    .map(deal => {
      const whose = whoseIs(deal);
      const isChoice = rule === 'ask' && whose !== 'mine';
      const usual = rule !== 'never' && (whose === 'free' || whose === 'owners');
      return { deal, whose, isChoice, comes: (isChoice ? ticks?.get(deal.id) : undefined) ?? usual };
    });
}

export const movesOf = (along: readonly DealAlong<Owned>[]): readonly DealMove[] =>
  along.filter(({ comes }) => comes).map(({ deal }) => ({ id: deal.id, fromId: deal.ownerId }));
