/**
 * Sellers who take long, overlapping lists at once, thousands of times: at rest each client has the first seller whom the
 * CRM recorded, and every seller was told so. A failing run prints its seed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimClient } from '../../../../widget/claim/race/claim.ts';
import type { ClaimGiven, Settling } from '../../../../widget/claim/race/press.ts';
import { gatheredCrm } from '../../../../widget/claim/race/gathering.ts';
import type { Intent } from '../../../../widget/claim/race/intents.ts';
import { settle } from '../../../../widget/claim/race/settle.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { SimulatedList } from './simulated-list.ts';
import { NOBODY, SimulatedClock, type Weather } from '../race/simulated-crm.ts';

const RUNS = 2000;
const CLIENTS = 12;

/** One browser with the list of contacts open. */
class Picker {
  readonly weather: Weather[] = [];
  readonly id: string;
  private readonly clock: SimulatedClock;
  private readonly list: SimulatedList;
  private readonly shown = new Map<string, Settling>();
  private readonly intents = new Map<string, Intent>();
  private page = 0;

  constructor(id: string, clock: SimulatedClock, list: SimulatedList) {
    this.id = id;
    this.clock = clock;
    this.list = list;
  }

  private given(): (contactId: string) => ClaimGiven {
    const { page, clock, id } = this;
    const isOpen = (): boolean => page === this.page;
    const crm = gatheredCrm(
      this.list.through(id, () => this.weather.shift() ?? {}, isOpen),
      then => clock.after(10, then),
    );
    return contactId => ({
      crm,
      me: id,
      isFree: ownerId => ownerId === NOBODY,
      now: () => clock.now,
      pause: async ms => {
        await new Promise<void>(resolve => clock.after(ms, resolve));
        return isOpen();
      },
      keep: intent => void (isOpen() && this.intents.set(contactId, intent)),
      drop: () => void (isOpen() && this.intents.delete(contactId)),
      show: settling => void (isOpen() && this.shown.set(contactId, settling)),
    });
  }

  press(contactIds: readonly string[]): void {
    const given = this.given();
    for (const contactId of contactIds) {
      if (this.shown.has(contactId) || this.intents.has(contactId)) continue;
      void claimClient(given(contactId), { contactId, basedOn: NOBODY, fromColleague: false });
    }
  }

  /** The intents of the whole list are taken up again together. */
  reload(): void {
    this.page += 1;
    this.shown.clear();
    const given = this.given();
    for (const intent of this.intents.values())
      void settle(given(intent.contactId), intent, new Failure('no-answer', 'crm'));
  }

  /** Whom this browser names for each of its clients. */
  owners(): readonly (readonly [string, string])[] {
    return [...this.shown].map(([contactId, now]) => [contactId, this.named(now)]);
  }

  private named(now: Settling): string {
    switch (now.kind) {
      case 'mine':
        return this.id;
      case 'taken':
      case 'too-soon':
        return now.turn.ownerId ?? NOBODY;
      case 'changed':
        return now.contact.ownerId ?? NOBODY;
      case 'writing':
      case 'checking':
      case 'unknown':
      case 'kept':
      case 'forbidden':
      case 'missing':
      case 'failed':
        return now.kind;
    }
  }
}

class Office {
  readonly clock = new SimulatedClock();
  readonly list = new SimulatedList(this.clock, CLIENTS);
  readonly pickers = ['a', 'b', 'c'].map(id => new Picker(id, this.clock, this.list));
}

type Step = fc.AsyncCommand<object, Office>;
const step = (name: string, run: (office: Office) => void | Promise<void>): Step => ({
  check: () => true,
  run: async (_, office) => {
    await run(office);
  },
  toString: () => name,
});
const who = fc.integer({ min: 0, max: 2 });
const some = fc.subarray(
  Array.from({ length: CLIENTS }, (_, at) => String(at)),
  { minLength: 2 },
);
const press = fc
  .tuple(who, some)
  .map(([at, ids]) => step(`${at} takes ${ids.join()}`, ({ pickers }) => pickers[at]?.press(ids)));
const colleague = fc
  .integer({ min: 0, max: CLIENTS - 1 })
  .map(at => step(`a card takes ${at}`, ({ list }) => list.card('outsider', String(at))));
const wait = fc
  .oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 400, max: 20_000 }))
  .map(ms => step(`${ms} ms pass`, ({ clock }) => clock.pass(ms)));
const bad = fc
  .tuple(who, fc.record({ late: fc.integer({ min: 41, max: 20_000 }), isAnswerLost: fc.boolean() }))
  .map(([at, next]) =>
    step(`next write of ${at} ${JSON.stringify(next)}`, ({ pickers }) => {
      pickers[at]?.weather.push(next);
    }),
  );
const lag = fc
  .integer({ min: 0, max: 8000 })
  .map(ms => step(`the log lags ${ms} ms`, ({ list }) => list.lag(ms)));
const reload = who.map(at => step(`${at} reloads`, ({ pickers }) => pickers[at]?.reload()));

describe('sellers who take overlapping lists at once', () => {
  it('leave each client with the first whom the CRM recorded, and are told so of each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands([press, press, colleague, wait, bad, lag, reload], { maxCommands: 10, size: 'max' }),
        async steps => {
          const office = new Office();
          await fc.asyncModelRun(() => ({ model: {}, real: office }), steps);
          await office.clock.pass();
          const { list } = office;
          expect(list.owners()).toEqual(list.rightful());
          for (const picker of office.pickers)
            for (const [contactId, named] of picker.owners())
              expect([contactId, named === 'failed' ? list.ownerOf(contactId) : named]).toEqual([
                contactId,
                list.ownerOf(contactId),
              ]);
        },
      ),
      { numRuns: RUNS },
    );
  }, 60_000);

  it('ask as seldom as if it were one client', async () => {
    const { clock, list, pickers } = new Office();
    pickers[0]?.press(Array.from({ length: CLIENTS }, (_, at) => String(at)));
    await clock.pass();
    expect(list.requests).toEqual(['read', 'write', 'log', 'read']);
    expect(new Set(list.owners())).toEqual(new Set(['a']));
  });
});
