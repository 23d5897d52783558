import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEY_REFUSED, NOT_WRITTEN, type Chat, type RoleList } from '../../../../../widget/chat/chat.ts';
import { wazzupChat } from '../../../../../widget/chat/wazzup/chat.ts';
import { Failure, type FailureCode } from '../../../../../widget/http/failure.ts';
import { wait } from '../../../../../widget/http/retry.ts';
import { hurried, hurry } from '../../../../support/hurried.ts';
import { writeList, type Written } from '../../../../../widget/admin/roles/model/write.ts';

const BEFORE: RoleList = {
  assignments: [],
  notifySupervisors: false,
  version: '"0"',
  writable: true,
  notUnderstood: 0,
  asRead: undefined,
};
const OURS: RoleList = { ...BEFORE, notifySupervisors: true, version: '"1"' };
const THEIRS: RoleList = { ...BEFORE, version: '"2"' };

type Course = {
  /** When the write arrives, in milliseconds; null for never. */
  readonly lands: number | null;
  /** When which answer comes. Without one the page gives up. */
  readonly answers?: readonly [at: number, failure?: Failure];
  /** Whether the list can be read at this time. */
  readonly isReadable?: (at: number) => boolean;
  /** When another admin saves. */
  readonly othersAt?: number;
};
type End = { readonly written: Written; readonly at: number; readonly lookedAt: readonly number[] };

beforeEach(hurry);
afterEach(() => {
  vi.useRealTimers();
});

const real = wazzupChat({ gateway: 'https://gateway.example.com', proof: async () => 'proof' });
const PATIENCE_MS = 25_000;

async function write(
  { lands, answers, isReadable = () => true, othersAt }: Course,
  leaveAt?: number,
): Promise<End> {
  const began = Date.now();
  const at = (): number => Date.now() - began;
  const lookedAt: number[] = [];
  const chat: Chat = {
    ...real,
    async saveRoles() {
      const [when, failure] = answers ?? [PATIENCE_MS, new Failure('timeout', 'chat')];
      await wait(when);
      if (failure) throw failure;
      return OURS;
    },
    async roles() {
      lookedAt.push(at());
      if (!isReadable(at())) throw new Failure('down', 'chat');
      if (lands !== null && at() >= lands) return OURS;
      return othersAt !== undefined && at() >= othersAt ? THEIRS : BEFORE;
    },
  };
  const leaving = new AbortController();
  if (leaveAt !== undefined) setTimeout(() => leaving.abort(), leaveAt);
  return hurried(
    writeList(chat, BEFORE, { notifySupervisors: true }, { signal: leaving.signal }).then(written => ({
      written,
      at: at(),
      lookedAt,
    })),
    0,
  );
}

const cut = new Failure('no-answer', 'chat');

describe('a write of roles', () => {
  it.each([1, 9000, 20_000])('that is answered after %i ms is done', async ms => {
    const { written } = await write({ lands: ms, answers: [ms] });
    expect(written).toEqual({ kind: 'there', list: OURS });
  });

  it.each([0, 500, 3000, 9000, 12_000, 20_000, 29_000])(
    'that arrives after %i ms is found, although its connection was cut at once',
    async lands => {
      const { written, at } = await write({ lands, answers: [0, cut] });
      expect(written).toEqual({ kind: 'there', list: OURS });
      expect(at - lands).toBeLessThanOrEqual(5250);
    },
  );

  it('whose answer is lost is found before the page gives up waiting', async () => {
    const { written, at } = await write({ lands: 100 });
    expect(written).toEqual({ kind: 'there', list: OURS });
    expect(at).toBeLessThan(9000);
  });

  it.each([
    ['cut', [0, cut] as const],
    ['not answered', undefined],
  ])(
    'that was %s and never arrives is reported as not written, once it can no longer arrive',
    async (_how, answers) => {
      const { written, at } = await write({ lands: null, ...(answers && { answers }) });
      expect(written).toMatchObject({ kind: 'failed' });
      expect(at).toBeGreaterThanOrEqual(real.settledAfterMs);
    },
  );

  it('is unknown when the list cannot be read either until the end', async () => {
    const { written, at } = await write({ lands: 0, answers: [0, cut], isReadable: () => false });
    expect(written).toMatchObject({ kind: 'unknown', failure: { code: 'down' } });
    expect(at).toBeGreaterThanOrEqual(real.settledAfterMs);
  });

  it('shows the list of another admin who saved instead', async () => {
    const { written } = await write({ lands: null, answers: [0, cut], othersAt: 4000 });
    expect(written).toEqual({ kind: 'there', list: THEIRS });
  });

  it.each([0, 4000, 10_000])('is unknown when the admin stops waiting after %i ms', async leaveAt => {
    const { written, at } = await write({ lands: null }, leaveAt);
    expect(written).toMatchObject({ kind: 'unknown' });
    expect(at - leaveAt).toBeLessThanOrEqual(500);
  });

  it.each<[string, Failure]>([
    ...(
      ['forbidden', 'refused', 'too-many', 'signed-out', 'unpaid'] as const satisfies readonly FailureCode[]
    ).map(code => [code, new Failure(code, 'chat')] as [string, Failure]),
    ['an answer that the gateway never started it', new Failure('down', 'chat', { reason: NOT_WRITTEN })],
    ['a refused key', new Failure('down', 'chat', { reason: KEY_REFUSED })],
    ['a missing proof from the CRM', new Failure('timeout', 'crm')],
  ])('is not written after %s, and nothing is looked up', async (_what, failure) => {
    const { written, lookedAt } = await write({ lands: null, answers: [100, failure] });
    expect(written).toEqual({ kind: 'failed', failure });
    expect(lookedAt).toEqual([]);
  });

  it('that arrives is never reported as not written, no matter when it arrives and when the list can be read', async () => {
    const moments = fc.nat(29_500);
    const failures = fc.constantFrom<FailureCode>('no-answer', 'timeout', 'down', 'unreadable', 'defect');
    await fc.assert(
      fc.asyncProperty(
        moments,
        moments,
        failures,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
        async (lands, answeredAt, code, reads) => {
          const { written } = await write({
            lands,
            answers: [Math.min(answeredAt, PATIENCE_MS), new Failure(code, 'chat')],
            isReadable: at => reads[Math.floor(at / 3000) % reads.length] === true,
          });
          expect(['there', 'unknown']).toContain(written.kind);
        },
      ),
      { numRuns: 200 },
    );
  });
});
