import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FollowUp } from '../../../../widget/claim/follow-up/follow-up.ts';
import { outboxStore } from '../../../../widget/claim/follow-up/outbox-store.ts';
import { memoryStorage } from '../../settings/memory-storage.ts';
import { ACCOUNT, FAULTS, simulatedTabs, type Tab } from './simulated-tabs.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Refusals are final: without them, everything has to be done in the end. */
const passing = fc.constantFrom(...FAULTS.filter(fault => fault !== 'refused'));

type Step =
  | { readonly kind: 'note' | 'answer'; readonly tab: 0 | 1; readonly contact: number }
  | { readonly kind: 'reload'; readonly tab: 0 | 1 }
  | { readonly kind: 'pass'; readonly milliseconds: number };

const tab = fc.constantFrom(0 as const, 1 as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('note' as const, 'answer' as const),
      tab,
      contact: fc.nat(2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reload' as const), tab }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), milliseconds: fc.nat(2 * MINUTE) }),
  },
);

const followUpOf = (kind: 'note' | 'answer', contact: number, at: number): FollowUp =>
  kind === 'note'
    ? { kind, contactId: String(contact), text: `Note ${at}` }
    : { kind, contactId: String(contact), taskId: `Task ${at}`, text: 'Yes' };

describe('the outbox under any order of failures, deaths and reloads of two tabs', () => {
  it.each([
    ['with the browser’s locks', true, 500],
    ['with leases in the storage', false, 100],
  ])(
    'does each thing, and writes each note once, %s',
    async (_, isLocking, numRuns) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { maxLength: 12 }),
          fc.array(passing, { maxLength: 10 }),
          async (steps, faults) => {
            const browser = simulatedTabs({ faults, isLocking, latency: 8000 });
            const tabs: Tab[] = [browser.open(), browser.open()];
            const texts: string[] = [];
            const tasks: string[] = [];
            for (const [at, one] of steps.entries()) {
              if (one.kind === 'pass') await browser.pass(one.milliseconds);
              else if (one.kind === 'reload') {
                tabs[one.tab]?.die();
                tabs[one.tab] = browser.open();
              } else {
                tabs[one.tab]?.outbox.add([followUpOf(one.kind, one.contact, at)]);
                (one.kind === 'note' ? texts : tasks).push(`${one.kind === 'note' ? 'Note' : 'Task'} ${at}`);
                await browser.flush();
              }
            }
            // Whoever died is opened again, and comes to rest.
            for (const round of [0, 1, 2, 3, 4, 5]) {
              tabs.forEach(({ die }) => die());
              tabs.splice(0, 2, browser.open(), browser.open());
              await browser.pass((round + 1) * 20 * MINUTE);
            }
            const written = browser.notes.map(({ text }) => text).sort();
            const pending = tabs[0]?.outbox.shown.value.filter(({ state }) => state.kind !== 'over') ?? [];
            expect(pending).toEqual([]);
            expect(written).toEqual(texts.sort());
            expect(new Set(browser.answers)).toEqual(new Set(tasks));
            expect([...browser.kept.keys()].filter(key => key.includes(':outbox:'))).toEqual([]);
          },
        ),
        { numRuns },
      );
    },
    60_000,
  );

  it('writes no note twice when some of them are refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...FAULTS), { maxLength: 8 }),
        fc.nat(4),
        async (faults, count) => {
          const browser = simulatedTabs({ faults });
          browser.open().outbox.add(Array.from({ length: count }, (_, at) => followUpOf('note', at % 2, at)));
          // Each fault may be a death.
          for (const _ of faults) {
            await browser.pass(10 * MINUTE);
            browser.open();
          }
          const { outbox } = browser.open();
          await browser.pass(DAY);
          const texts = browser.notes.map(({ text }) => text);
          expect(new Set(texts).size).toBe(texts.length);
          expect(outbox.shown.value.filter(({ state }) => state.kind !== 'over')).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('whatever the storage holds or does', () => {
  it('never throws, and leaves out what it cannot read', () => {
    const prefix = `crm-chat-roles:outbox:${ACCOUNT.account}:v1:${ACCOUNT.person}:`;
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.string(), (text, key) => {
        const store = outboxStore(() => memoryStorage(new Map([[prefix + key, text]])), ACCOUNT);
        expect(store.all()).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('goes on in memory where the browser throws at any call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), async throws => {
        const within = memoryStorage();
        const moody = new Proxy(within, {
          get(storage, name) {
            if (throws.next().value) throw new DOMException('Not today', 'SecurityError');
            return Reflect.get(storage, name) as unknown;
          },
        });
        const browser = simulatedTabs({ faults: ['down', 'lost'] });
        const { outbox } = browser.open(() => moody);
        outbox.add([followUpOf('note', 0, 1), followUpOf('answer', 1, 2)]);
        await browser.pass(DAY);
        expect(browser.notes.map(({ text }) => text)).toEqual(['Note 1']);
        expect(new Set(browser.answers)).toEqual(new Set(['Task 2']));
      }),
      { numRuns: 100 },
    );
  });
});
