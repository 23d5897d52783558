/** A page waits three seconds for its grant, and then writes without it. Its request may reach the server much later. */
import { expect, it } from 'vitest';
import type { ClaimStore } from '../../../../server/claims/claim-store.ts';
import { lookAtClient } from '../../../../server/claims/look.ts';
import { claimsInMemory } from '../../../mocks/claim-store.ts';

const NOW = 1_795_955_840_000;
const WRITTEN = NOW / 1000 + 1;
const plan = { deals: [], note: null, task: null, answer: null, undoes: null };
const asked = (who: string) => ({ press: `of ${who}`, contactId: '501', base: '900', toId: who, plan });

/** A colleague has the grant, and B overwrites them without one. */
async function looked(store: ClaimStore, after: number): Promise<readonly string[]> {
  let owner = 'b';
  const events = [
    { id: '01m8kmyx1g1', by: 'a', before: '900', after: 'a', at: WRITTEN },
    { id: '01m8kmz0f72', by: 'b', before: 'a', after: 'b', at: WRITTEN + 1 },
  ];
  const look = (): ReturnType<typeof lookAtClient> =>
    lookAtClient(
      {
        store,
        crm: {
          ownerOf: async () => ({ ownerId: owner }),
          ownerLog: async () => events,
          writesAs: async () => 'service',
          setOwner: async (_, to) => Boolean((owner = to)),
        },
        accountId: '1',
        now: () => NOW + after,
        newPress: () => 'repair',
        fought: async () => undefined,
      },
      '501',
    );
  const known = await look();
  return [owner, ...(known?.claims.map(({ state }) => state) ?? [])];
}

it.each(['before', 'after'] as const)(
  'a claim whose request for a grant comes after its write and %s its report is void',
  async when => {
    const store = claimsInMemory();
    await store.report('1', 'a', [{ ...asked('a'), at: WRITTEN, outcome: 'written' }], NOW + 2000);
    const ask = (): Promise<unknown> => store.grant('1', 'b', [asked('b')], NOW + 20_000);
    const tell = (): Promise<void> =>
      store.report('1', 'b', [{ ...asked('b'), at: WRITTEN, outcome: 'written' }], NOW + 21_000);
    await (when === 'before' ? ask().then(tell) : tell().then(ask));
    expect(await looked(store, 22_000)).toEqual(['a', 'stands', 'void']);
  },
);

it('a claim that is reported a year later makes the server read one day of the log only', async () => {
  const store = claimsInMemory();
  await store.report('1', 'a', [{ ...asked('a'), at: 0, outcome: 'written' }], NOW);
  const ledger = (await store.of('1', '501'))?.ledger;
  expect(ledger?.from).toBeGreaterThan(NOW / 1000 - 25 * 3600);
});

it('a press belongs to its person: a colleague’s request with its id changes nothing', async () => {
  const store = claimsInMemory();
  await store.grant('1', 'a', [asked('a')], NOW);
  const before = await store.of('1', '501');
  await store.grant('1', 'b', [asked('a')], NOW + 40_000);
  expect(await store.of('1', '501')).toEqual(before);
});
