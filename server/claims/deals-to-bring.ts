/** Deals of a client that the claimer has not looked at. They come along only if the admin's rule says `always`. */
import { dealsAlong, movesOf } from '../../domain/deals-along.ts';
import type { DealMove } from '../../domain/deal.ts';
import { readOwnRules } from '../../domain/own-rules.ts';
import { readOwnSettings } from '../../domain/own-settings.ts';
import type { CrmDeal } from '../crm/deal.ts';
import type { CrmPerson } from '../crm/person.ts';
import type { People } from './people.ts';

export const alwaysBringsDeals = (ownSettings: string): boolean =>
  readOwnRules(ownSettings).claims.deals === 'always';

export async function dealsToBring(
  people: People,
  deals: readonly CrmDeal[],
  {
    toId,
    baseId,
    ownSettings,
  }: {
    readonly toId: string;
    readonly baseId: string | null;
    readonly ownSettings: string;
  },
): Promise<readonly DealMove[]> {
  const owners = new Map<string, CrmPerson | null>();
  for (const { ownerId } of deals) owners.set(ownerId, await people.person(ownerId));
  const along = dealsAlong({
    deals,
    rule: 'always',
    clientOwnerId: baseId,
    seenBy: {
      me: toId,
      standInOwners: readOwnSettings(ownSettings).standInOwners,
      employee: id => owners.get(id) ?? undefined,
    },
  });
  return movesOf(along);
}
