/** An emulated CRM and a server with an administrator's grant that runs a claim's follow-ups, with a row as a table stores it. */
import type { CrmActing } from '../../../../server/crm/acting.ts';
import { actingIn } from '../../../../server/crm/amocrm/acting.ts';
import { askCrm } from '../../../../server/crm/amocrm/api.ts';
import type { CrmApi } from '../../../../server/crm/api.ts';
import type { FollowUp, FollowUpOutcome } from '../../../../server/claims/follow-up.ts';
import { performFollowUp } from '../../../../server/claims/perform.ts';
import { outside } from '../../../mocks/outside.ts';
import type { CrmContact, CrmLead, CrmUser } from '../../../world/crm.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import type { World } from '../../../world/world.ts';
import { connectedWorld, hostsOf, pairFor } from '../../../support/listening-crm.ts';

export const A = String(SELLER_A);
export const B = String(SELLER_B);

/** What the server stores about one follow-up. */
export type Row = { followUp: FollowUp; sentAt: number | null };

/** Runs before each request, and may throw or wait. */
export type Gate = (asked: string, pass: () => Promise<Response>) => Promise<Response>;

/** Thrown by a gate where the server dies. Only the row survives. */
export class Killed extends Error {
  override name = 'Killed';
}

export type ClaimStage = {
  readonly world: World;
  readonly crm: CrmActing;
  /** Seller A's, who has just taken the client from seller B. */
  readonly client: CrmContact;
  readonly contactId: string;
  /** "METHOD /path?query" of each request to the CRM. */
  readonly asked: string[];
  gate: Gate;
  ownSettings: string;
  readonly user: (id: number) => CrmUser;
  /** A deal of the client. */
  readonly deal: (ownerId?: number, name?: string) => CrmLead;
  readonly row: (followUp: FollowUp) => Row;
  /** Tries once. */
  readonly attempt: (row: Row) => Promise<FollowUpOutcome>;
  /** Tries until it is over, while the world's time passes. */
  readonly finish: (row: Row) => Promise<FollowUpOutcome>;
  /** Tries a new follow-up until it is over. */
  readonly perform: (followUp: FollowUp) => Promise<FollowUpOutcome>;
};

export async function claimStage(): Promise<ClaimStage> {
  const world = connectedWorld();
  const { access_token: token } = await pairFor(hostsOf(world), world.crm);
  const access = { token, host: new URL(world.crm.account.origin).host };
  const network = outside(world);
  const asked: string[] = [];
  const client = world.crm.addContact('Anna', [], SELLER_A);
  let death: Killed | null = null;
  const api: CrmApi = {
    async ask(_accountId, question, patience) {
      const answer = await askCrm(
        async request => {
          const { pathname, search } = new URL(request.url);
          const address = `${request.method} ${pathname}${search}`;
          asked.push(address);
          return stage
            .gate(address, () => network(request))
            .catch((error: unknown) => {
              if (error instanceof Killed) death = error;
              throw error;
            });
        },
        access,
        question,
        patience,
      );
      const died = death;
      death = null;
      if (died) throw died;
      return answer === 'unauthorized' ? { kind: 'needs-reauth' } : answer;
    },
  };
  const stage: ClaimStage = {
    world,
    crm: actingIn(api, '1', new AbortController().signal),
    client,
    contactId: String(client.id),
    asked,
    gate: (_asked, pass) => pass(),
    ownSettings: '',
    user(id) {
      const user = world.crm.users.get(id);
      if (!user) throw new Error(`Nobody is ${id}`);
      return user;
    },
    deal: (ownerId = SELLER_B, name = 'Doors') => world.crm.addLead(name, [client.id], ownerId),
    row: followUp => ({ followUp, sentAt: null }),
    async attempt(row) {
      const outcome = await performFollowUp(stage.crm, row.followUp, {
        sentAt: row.sentAt,
        now: world.clock.now,
        ownSettings: stage.ownSettings,
        sending: async () => {
          row.sentAt = world.clock.now();
        },
        saveMoves: async deals => {
          if (row.followUp.kind === 'deals') row.followUp = { ...row.followUp, deals };
        },
      });
      if (outcome.kind === 'later' && !outcome.mayBeThere) row.sentAt = null;
      return outcome;
    },
    async finish(row) {
      for (let tries = 0; tries < 10; tries += 1) {
        const outcome = await stage.attempt(row);
        if (outcome.kind !== 'later') return outcome;
        world.clock.advance(Math.max(outcome.afterMs, 2000));
        // Late requests arrive before the next try.
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      }
      throw new Error('It does not come to an end');
    },
    perform: followUp => stage.finish(stage.row(followUp)),
  };
  return stage;
}

/** The follow-up of seller A's claim. */
export const dealsOf = (
  { contactId }: ClaimStage,
  deals: Extract<FollowUp, { kind: 'deals' }>['deals'],
): Extract<FollowUp, { kind: 'deals' }> => ({
  contactId,
  employeeId: A,
  kind: 'deals',
  whileOwnerId: A,
  toId: A,
  baseId: B,
  deals,
  takesBackSentAt: null,
});
/** The follow-up of seller A's undo, which gives the client to seller B. */
export const giftOf = (
  { contactId }: ClaimStage,
  deals: Extract<FollowUp, { kind: 'deals' }>['deals'],
): Extract<FollowUp, { kind: 'deals' }> => ({
  contactId,
  employeeId: A,
  kind: 'deals',
  whileOwnerId: B,
  toId: B,
  baseId: A,
  deals,
  takesBackSentAt: null,
});
export const noteOf = (
  { contactId }: ClaimStage,
  text = 'Taken over',
): Extract<FollowUp, { kind: 'note' }> => ({
  contactId,
  employeeId: A,
  kind: 'note',
  text,
  onlyAfter: null,
});
export const taskOf = (
  { contactId, world }: ClaimStage,
  text = 'Look at this',
): Extract<FollowUp, { kind: 'task' }> => ({
  contactId,
  employeeId: A,
  kind: 'task',
  forId: B,
  text,
  dueAt: Math.floor(world.clock.now() / 1000) + 24 * 3600,
});

export const from = (deal: CrmLead, fromId: string | null = B) => ({ id: String(deal.id), fromId });

export const PATCH_DEALS = /^PATCH .*\/leads/;
export const owners = (...deals: readonly CrmLead[]): readonly number[] =>
  deals.map(one => one.responsibleUserId);
/** How often any deal's owner has changed. */
export const movesIn = ({ world }: ClaimStage): number =>
  world.crm.ownerChanges.filter(one => one.entityType === 'lead').length;
export const patchesIn = ({ asked }: ClaimStage): number => asked.filter(one => PATCH_DEALS.test(one)).length;
/** Each deal's fate and owner. */
export const fatesIn = (outcome: FollowUpOutcome) =>
  'deals' in outcome ? outcome.deals.map(({ fate, owner }) => [fate, owner]) : outcome.kind;

/** Fails one matching request: before it arrives, after it was carried out, or it is carried out much later. */
export function losing(stage: ClaimStage, on: RegExp, how: 'before' | 'after' | 'late', times = 1): Gate {
  let left = times;
  return async (asked, pass) => {
    if (left === 0 || !on.test(asked)) return pass();
    left -= 1;
    if (how === 'after') await pass();
    if (how === 'late') void stage.world.clock.wait(20_000).then(pass);
    throw new TypeError('fetch failed: no answer');
  };
}
