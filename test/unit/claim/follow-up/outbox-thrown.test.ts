/** What follows a claim when something below it throws: it is told with a way on, waits for its next try, and others go on. */
import { describe, expect, it } from 'vitest';
import { createOutbox, type OutboxNeeds } from '../../../../widget/claim/follow-up/outbox.ts';
import { outboxStore } from '../../../../widget/claim/follow-up/outbox-store.ts';
import { turns } from '../../../../widget/claim/follow-up/outbox-turn.ts';
import { memoryStorage } from '../../settings/memory-storage.ts';

const defect = (): never => {
  throw new TypeError('toReversed is not a function');
};

function opened(broken: Partial<OutboxNeeds>) {
  const storage = memoryStorage();
  let turnsTaken = 0;
  const outbox = createOutbox({
    store: outboxStore(() => storage, { account: '31', person: 'A' }),
    takeTurn: async (_, work) => {
      await work();
      return true;
    },
    perform: () => Promise.resolve({ kind: 'written' }),
    now: () => 0,
    after: () => () => undefined,
    random: () => 0.5,
    ...broken,
    ...(broken.takeTurn && {
      takeTurn: (name, work) => {
        turnsTaken += 1;
        return broken.takeTurn?.(name, work) ?? Promise.resolve(true);
      },
    }),
  });
  outbox.start();
  return { outbox, turnsTaken: () => turnsTaken };
}
const flush = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(resolve);
  });
const note = (text: string) => ({ kind: 'note', contactId: '1', text }) as const;
const LATER = { state: { kind: 'later', outcome: { kind: 'failed', failure: { code: 'defect' } } } };

describe('a follow-up', () => {
  it.each([
    ['at once', defect],
    ['later', () => Promise.resolve().then(defect)],
  ])('whose step throws %s is told as a defect, and can be tried again', async (_, perform) => {
    let isBroken = true;
    const { outbox } = opened({
      perform: () => (isBroken ? perform() : Promise.resolve({ kind: 'written' })),
    });
    const [id = ''] = outbox.add([note('One')]);
    await flush();
    expect(outbox.shown.value).toMatchObject([LATER]);
    isBroken = false;
    outbox.retry(id);
    await flush();
    expect(outbox.shown.value).toMatchObject([{ state: { kind: 'over' } }]);
  });

  it.each([
    ['at once', defect],
    ['later', () => Promise.reject(new DOMException('Sandboxed', 'SecurityError'))],
  ])('whose turn fails %s waits, and is not tried again and again', async (_, takeTurn) => {
    const { outbox, turnsTaken } = opened({ takeTurn });
    outbox.add([note('One')]);
    await flush();
    expect(outbox.shown.value).toMatchObject([LATER]);
    expect(turnsTaken()).toBe(1);
  });

  it('does not keep the next one', async () => {
    let calls = 0;
    const { outbox } = opened({
      perform: () => {
        calls += 1;
        return calls === 1 ? defect() : Promise.resolve({ kind: 'written' });
      },
    });
    outbox.add([note('One'), note('Two')]);
    await flush();
    expect(outbox.shown.value).toMatchObject([LATER, { state: { kind: 'over' } }]);
  });
});

describe('a turn', () => {
  it('is taken by a lease where the browser’s locks are forbidden', async () => {
    const storage = memoryStorage();
    const request = (): Promise<never> => Promise.reject(new DOMException('Sandboxed', 'SecurityError'));
    const take = turns({
      locks: { request },
      storage: () => storage,
      scope: 'one',
      now: () => 0,
      pause: () => Promise.resolve(),
    });
    let done = 0;
    expect(
      await take('1', async () => {
        done += 1;
        // Nobody else gets it meanwhile.
        expect(await take('1', async () => void (done += 1))).toBe(false);
      }),
    ).toBe(true);
    expect(done).toBe(1);
  });
});
