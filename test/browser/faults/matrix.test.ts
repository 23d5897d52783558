/**
 * Every request that the widget's adapters can send, with every fault, in Chromium over real sockets. The requests are
 * collected by calling every method of both seams once, and each of them needs a row.
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
  // The emulated servers write to stderr when an answer breaks off on purpose.
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
  it('cover every method that sends a request', async () => {
    const { records, chat } = await office.page.evaluate(() => window.inPage.methods());
    // The chat's `isOwnAddress` sends no request.
    expect(records.toSorted()).toEqual(Object.keys(RECORDS_CALLS).toSorted());
    expect(chat.toSorted()).toEqual([...Object.keys(CHAT_CALLS), 'isOwnAddress'].toSorted());
  });

  it('cover every request that these methods send', async () => {
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
  it.each(ROWS)('$what is reported as the fault that it met, and acts at most once', async row => {
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
  const expected = { ...TOLD[fault], ...(isGateway ? TOLD[fault].gateway : {}) };
  const code = codeOf(row, expected.code);
  const attempts = isRead ? expected.attempts : fault === '401' && isGateway ? 2 : 1;
  return {
    code,
    // A refused connection reaches no server that could count it. A refused token is replaced once.
    attempts: fault === 'refused' ? 0 : fault === '401' && isGateway ? 2 : attempts,
    retryAfterMs: code === 'ok' ? null : (expected.retryAfterMs ?? null),
    ...(isRead ? {} : { acted: acts ? 1 : 0, hasChanged: acts && row.method !== 'windowAddress' }),
  };
}

/** Methods for which an empty answer is valid: there are no records. */
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

function codeOf({ method, blind, missing }: Row, met: string): string {
  switch (met) {
    case 'garbled':
      return blind ? 'ok' : 'unreadable';
    case 'nothing':
      // The server's answer says only that it has started.
      if (method === 'changed') return 'timeout';
      if (blind || missing || NONE.has(method)) return 'ok';
      return ['contact', 'deal'].includes(method) ? 'missing' : 'unreadable';
    case 'missing':
      return missing ?? 'missing';
    default:
      return met;
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
    const codesOfFaults = FAULT_NAMES.flatMap(name =>
      [TOLD[name].code, TOLD[name].gateway?.code ?? []].flat(),
    );
    const said = codesOfFaults.filter(code => !['garbled', 'nothing'].includes(code));
    expect(said.filter(code => !codes.has(code))).toEqual([]);
  });
});
