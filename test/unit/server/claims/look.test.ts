import { beforeEach, describe, expect, it } from 'vitest';
import type { ClaimState } from '../../../../server/claims/claim.ts';
import type { ClaimStore } from '../../../../server/claims/claim-store.ts';
import type { OwnerEvent } from '../../../../server/crm/owners.ts';
import { lookAtClient } from '../../../../server/claims/look.ts';
import { claimsInMemory } from '../../../mocks/claim-store.ts';

const NOBODY = '900';
const [ANNA, BORIS, SERVICE] = ['11', '12', '1'];
const PLAN = { deals: [], note: null, task: null, answer: null, undoes: null };

describe('a look at a claimed client', () => {
  let store: ClaimStore;
  let now: number;
  let crm: { owner: string | null; isThere: boolean; takesRepairs: boolean; log: OwnerEvent[] };
  let reported: string[];
  beforeEach(() => {
    store = claimsInMemory();
    now = Date.UTC(2026, 0, 5, 9);
    crm = { owner: NOBODY, isThere: true, takesRepairs: true, log: [] };
    reported = [];
  });

  const later = (seconds: number): void => void (now += seconds * 1000);
  function write(by: string, after: string): void {
    later(1);
    const at = Math.floor(now / 1000);
    crm.log.push({ id: String(now), by, before: crm.owner, after, at });
    crm.owner = after;
  }
  const claim = (who: string, base: string | null = NOBODY) => ({
    press: who,
    contactId: '501',
    base,
    toId: who,
    plan: PLAN,
  });
  const ask = (who: string, base?: string | null) => store.grant('1', who, [claim(who, base)], now);
  const tell = (who: string) =>
    store.report('1', who, [{ ...claim(who), outcome: 'written', at: Math.floor(now / 1000) - 1 }], now);
  const look = () =>
    lookAtClient(
      {
        store,
        accountId: '1',
        now: () => now,
        newPress: () => `repair ${now}`,
        fought: async () => void reported.push('fought'),
        crm: {
          ownerOf: async () => (crm.isThere ? { ownerId: crm.owner } : null),
          ownerLog: async () => crm.log,
          writesAs: async () => SERVICE,
          async setOwner(_, ownerId) {
            if (crm.takesRepairs) write(SERVICE, ownerId);
            return crm.takesRepairs;
          },
        },
      },
      '501',
    );
  const states = async (): Promise<Record<string, ClaimState>> =>
    Object.fromEntries(
      ((await store.of('1', '501'))?.claims ?? [])
        .filter(({ kind }) => kind === 'press')
        .map(({ press, state }) => [press, state]),
    );
  /** Anna has the grant, and Boris overwrites it without asking. */
  async function overwritten(): Promise<void> {
    await ask(ANNA);
    write(ANNA, ANNA);
    write(BORIS, BORIS);
    await tell(BORIS);
  }

  it('leaves a client without claims alone', async () => {
    expect(await look()).toBeNull();
  });

  it('repairs a write over the claim that counts', async () => {
    await overwritten();
    await look();
    expect(crm.owner).toBe(ANNA);
    await look();
    expect(await states()).toEqual({ [ANNA]: 'stands', [BORIS]: 'void' });
  });

  it('gives up when the CRM does not accept the repair, reports it, and leaves the client to their current owner', async () => {
    await overwritten();
    crm.takesRepairs = false;
    for (let looks = 0; looks < 6; looks += 1) {
      await look();
      later(20);
    }
    expect(reported).toEqual(['fought']);
    expect(crm.owner).toBe(BORIS);
    crm.takesRepairs = true;
    await look();
    expect(crm.owner).toBe(BORIS);
  });

  it('does not overwrite a change that comes while it looks', async () => {
    await overwritten();
    const { owner } = crm;
    let reads = 0;
    const { log } = crm;
    await lookAtClient(
      {
        store,
        accountId: '1',
        now: () => now,
        newPress: () => 'repair',
        fought: async () => undefined,
        crm: {
          async ownerOf() {
            reads += 1;
            return { ownerId: reads === 1 ? owner : NOBODY };
          },
          ownerLog: async () => log,
          writesAs: async () => SERVICE,
          setOwner: () => Promise.reject(new Error('Written')),
        },
      },
      '501',
    );
    expect(reads).toBe(2);
  });

  it('trusts the log, and not the page, about the previous owner', async () => {
    // The page showed an outdated owner.
    await ask(ANNA, '77');
    write(ANNA, ANNA);
    later(50);
    await look();
    expect((await store.of('1', '501'))?.ledger.base).toBe(NOBODY);
    expect(crm.owner).toBe(NOBODY);
  });

  it('decides by the owner when the log never shows the change', async () => {
    await ask(ANNA);
    crm.owner = ANNA;
    await tell(ANNA);
    await look();
    expect(await states()).toEqual({ [ANNA]: 'open' });
    later(601);
    await look();
    expect(await states()).toEqual({ [ANNA]: 'stands' });
  });

  it('ends all claims of a client who is no longer in the CRM', async () => {
    await ask(ANNA);
    crm.isThere = false;
    later(130);
    await store.due(now);
    await look();
    expect(await states()).toEqual({ [ANNA]: 'lapsed' });
    expect(await store.due(now + 3_600_000)).toEqual([]);
  });
});
