/**
 * Every request that the widget's adapters can send, against every fault, in Chromium over real sockets. The requests are
 * learned by calling every method of both seams once; none of them goes without its row.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import en from '../../../locales/en.json' with { type: 'json' };
import ru from '../../../locales/ru.json' with { type: 'json' };
import { CHAT_CALLS, RECORDS_CALLS } from './calls.ts';
import { FAULT_NAMES, FAULTS, TOLD, type FaultName } from '../../support/faults.ts';
import type { Ending } from './in-page.ts';
import { openOffice, stateOf, type Office } from './office.ts';
import { METHODS, ROWS, toOf, type Row } from './rows.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.page.evaluate(() => window.inPage.hurry());
  // Where answers break off on purpose, whoever serves them says so.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await office.close();
});

const call = (seam: Row['seam'], method: string): Promise<Ending> =>
  office.page.evaluate(([given, seam, method, about]) => window.inPage.call(given, seam, method, about), [
    office.given,
    seam,
    method,
    office.about,
  ] as const);

describe('the rows of the matrix', () => {
  it('are made of every method that asks a service', async () => {
    const { records, chat } = await office.page.evaluate(() => window.inPage.methods());
    // Each has one method that asks nobody.
    expect(records.toSorted()).toEqual(Object.keys(RECORDS_CALLS).toSorted());
    expect(chat.toSorted()).toEqual([...Object.keys(CHAT_CALLS), 'isOwnAddress'].toSorted());
  });

  it('are all requests that these methods send', async () => {
    const sent = new Set<string>();
    for (const [seam, method] of METHODS) {
      await office.renew();
      expect([method, await call(seam, method)]).toEqual([method, { code: 'ok' }]);
      office.sent.forEach(({ what }) => sent.add(what));
    }
    expect([...sent].toSorted()).toEqual(ROWS.map(({ what }) => what).toSorted());
    process.stdout.write(
      `faults: ${ROWS.length} requests × ${FAULT_NAMES.length} faults = ${ROWS.length * FAULT_NAMES.length} cells\n`,
    );
  });
});

describe('a request that meets a fault', () => {
  it.each(ROWS)('$what is told as what it was, and acts once or not at all', async row => {
    const met: Partial<Record<FaultName, unknown>> = {};
    const expected: Partial<Record<FaultName, unknown>> = {};
    for (const fault of FAULT_NAMES) {
      met[fault] = await meet(row, fault);
      expected[fault] = outcomeOf(row, fault);
    }
    expect(met).toEqual(expected);
  });
});

async function meet(row: Row, fault: FaultName): Promise<unknown> {
  await office.renew();
  const to = toOf(row);
  await office.strike({ to, what: row.what }, FAULTS[fault]);
  const before = stateOf(office.world);
  const asked = call(row.seam, row.method);
  if (TOLD[fault].code === 'timeout') {
    await vi.waitUntil(() => office.struck() === 1, { interval: 5, timeout: 10_000 });
    await office.page.evaluate(() => window.inPage.timeOut());
  }
  const { code, retryAfterMs } = await asked;
  const attempts = office.struck();
  const hasChanged = stateOf(office.world) !== before;
  return {
    code,
    attempts,
    retryAfterMs: retryAfterMs ?? null,
    ...(row.what.startsWith('GET') ? {} : { acted: office.acted(), hasChanged }),
  };
}

function outcomeOf(row: Row, fault: FaultName): unknown {
  const { acts } = FAULTS[fault];
  const isRead = row.what.startsWith('GET');
  const isGateway = toOf(row) === 'gateway';
  const told = { ...TOLD[fault], ...(isGateway ? TOLD[fault].gateway : {}) };
  const code = codeOf(row, told.code);
  const attempts = isRead ? told.attempts : fault === '401' && isGateway ? 2 : 1;
  return {
    code,
    // Nobody is there to count what is refused at the door; a refused token is replaced once.
    attempts: fault === 'refused' ? 0 : fault === '401' && isGateway ? 2 : attempts,
    retryAfterMs: code === 'ok' ? null : (told.retryAfterMs ?? null),
    ...(isRead ? {} : { acted: acts ? 1 : 0, hasChanged: acts && row.method !== 'windowAddress' }),
  };
}

/** Methods for which no answer at all is an answer: there is none of it. */
const NONE = new Set([
  'contacts',
  'deals',
  'ownerChangesOf',
  'notes',
  'tasks',
  'pipelines',
  'employees',
  'channels',
  'templates',
  'others',
  'setOwners',
]);

function codeOf({ method, blind, missing }: Row, told: string): string {
  switch (told) {
    case 'garbled':
      return blind ? 'ok' : 'unreadable';
    case 'nothing':
      // The server says that it is at it, and no more.
      if (method === 'changed') return 'timeout';
      if (blind || missing || NONE.has(method)) return 'ok';
      return ['contact', 'deal'].includes(method) ? 'missing' : 'unreadable';
    case 'missing':
      return missing ?? 'missing';
    default:
      return told;
  }
}

describe('a failure', () => {
  it('has a sentence in each language', () => {
    const codes = new Set(Object.keys(en.failure.crm));
    for (const words of [en, ru]) {
      for (const service of ['crm', 'chat'] as const) {
        expect(new Set(Object.keys(words.failure[service]))).toEqual(codes);
      }
    }
    const told = FAULT_NAMES.flatMap(name => [TOLD[name].code, TOLD[name].gateway?.code ?? []].flat());
    const said = told.filter(code => !['garbled', 'nothing'].includes(code));
    expect(said.filter(code => !codes.has(code))).toEqual([]);
  });
});
