/** The server dies between any two steps of a claim's follow-ups, or answers are lost, and each effect still happens once. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FollowUp, FollowUpOutcome } from '../../../../server/claims/follow-up.ts';
import { reversalOf, type StartedFollowUp } from '../../../../server/claims/reversal.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import {
  A,
  B,
  claimStage,
  dealsOf,
  from,
  Killed,
  type Gate,
  movesIn,
  noteOf,
  owners,
  taskOf,
  type ClaimStage,
  type Row,
} from './claim-stage.ts';

/** What happens to the first requests, in order. All others are answered. */
const ACCIDENTS = ['none', 'killed before', 'killed after', 'lost before', 'lost after', 'late'] as const;
type Accident = (typeof ACCIDENTS)[number];
const accidents = fc.array(fc.constantFrom(...ACCIDENTS), { maxLength: 14 });

/** Tries again and again, as a lane does. Each death clears the memory, and only the row stays. */
async function workedOff(at: ClaimStage, row: Row, happening: readonly Accident[]): Promise<FollowUpOutcome> {
  at.gate = happeningOf(at, [...happening]);
  for (let tries = 0; tries < 40; tries += 1) {
    const outcome = await at.attempt(row).catch((error: unknown) => {
      if (error instanceof Killed) return null;
      throw error;
    });
    if (outcome && outcome.kind !== 'later') return outcome;
    at.world.clock.advance(Math.max(outcome?.afterMs ?? 0, 2000));
    await arrived();
  }
  throw new Error('It does not come to an end');
}

const happeningOf =
  (at: ClaimStage, queue: Accident[]): Gate =>
  async (_asked, pass) => {
    const accident = queue.shift() ?? 'none';
    if (accident === 'none') return pass();
    if (accident.endsWith('after')) await pass();
    if (accident === 'late') void at.world.clock.wait(20_000).then(pass);
    throw accident.startsWith('killed') ? new Killed() : new TypeError('fetch failed');
  };

/** Lets late requests that are due arrive. */
const arrived = (): Promise<unknown> =>
  new Promise(resolve => {
    setImmediate(resolve);
  });

/** All late requests arrive. */
async function settled({ world }: ClaimStage): Promise<void> {
  world.clock.advance(120_000);
  await arrived();
}

const always = JSON.stringify({ v: 1, standInOwners: [NOBODY], claims: { deals: 'always' } });

describe('a follow-up that is repeated after a death at any point', () => {
  it('moves deals once, chosen by the person or by the rules', async () => {
    await fc.assert(
      fc.asyncProperty(accidents, fc.boolean(), async (happening, isChosen) => {
        const at = await claimStage();
        at.ownSettings = always;
        const deals = [at.deal(SELLER_B), at.deal(NOBODY)];
        const chosen = deals.map(one => from(one, String(one.responsibleUserId)));
        const outcome = await workedOff(at, at.row(dealsOf(at, isChosen ? chosen : null)), happening);
        await settled(at);
        expect(outcome).toMatchObject({ kind: 'done', deals: [{ fate: 'moved' }, { fate: 'moved' }] });
        expect([owners(...deals), movesIn(at)]).toEqual([[SELLER_A, SELLER_A], 2]);
      }),
      { numRuns: 40 },
    );
  });

  it('moves deals once that the person then no longer sees', async () => {
    await fc.assert(
      fc.asyncProperty(accidents, async happening => {
        const at = await claimStage();
        at.user(SELLER_A).leads = { view: 'M', edit: 'M' };
        at.client.responsibleUserId = SELLER_B;
        const deal = at.deal(SELLER_A);
        const gift = { ...dealsOf(at, [from(deal, A)]), whileOwnerId: B, toId: B, baseId: A };
        const outcome = await workedOff(at, at.row(gift), happening);
        await settled(at);
        expect(outcome).toMatchObject({ kind: 'done', deals: [{ fate: 'moved' }] });
        expect([owners(deal), movesIn(at)]).toEqual([[SELLER_B], 1]);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['note', (at: ClaimStage): FollowUp => noteOf(at, `By @[${A}]`)],
    ['task', (at: ClaimStage): FollowUp => taskOf(at, `By @[${A}]`)],
  ])('writes one %s', async (_what, made) => {
    await fc.assert(
      fc.asyncProperty(accidents, async happening => {
        const at = await claimStage();
        const outcome = await workedOff(at, at.row(made(at)), happening);
        await settled(at);
        expect(outcome.kind).toBe('done');
        expect(at.world.crm.notes.length + at.world.crm.tasks.size).toBe(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('an undo at any point', () => {
  it('leaves deals as they were, no open task, and a note for each note', async () => {
    await fc.assert(
      fc.asyncProperty(
        accidents,
        accidents,
        fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }),
        async (first, then, tries) => {
          const at = await claimStage();
          at.ownSettings = always;
          const deals = [at.deal(SELLER_B), at.deal(NOBODY)];
          const rows = [dealsOf(at, null), noteOf(at), taskOf(at)].map(one => at.row(one));
          const started: StartedFollowUp[] = [];
          for (const [each, row] of rows.entries()) {
            at.gate = happeningOf(at, first.slice(0, tries[each]));
            const outcome = await at.attempt(row).catch((error: unknown) => {
              if (error instanceof Killed) return null;
              throw error;
            });
            started.push({
              followUp: row.followUp,
              state: outcome === null || outcome.kind === 'later' ? 'waiting' : outcome.kind,
              sentAt: row.sentAt,
              deals: outcome && 'deals' in outcome ? outcome.deals : [],
            });
          }
          at.client.responsibleUserId = SELLER_B;
          const undo = { contactId: at.contactId, employeeId: A, toId: B, note: 'Taken back' };
          for (const followUp of reversalOf(started, undo)) await workedOff(at, at.row(followUp), then);
          await settled(at);
          expect(owners(...deals)).toEqual([SELLER_B, NOBODY]);
          expect([...at.world.crm.tasks.values()].every(task => task.isCompleted)).toBe(true);
          const back = at.world.crm.notes.filter(({ text }) => text === 'Taken back').length;
          expect(back).toBe(at.world.crm.notes.length - back);
        },
      ),
      { numRuns: 40 },
    );
  });
});
