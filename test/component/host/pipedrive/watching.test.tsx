/** When an open panel in Pipedrive asks whether the client's owner has changed, and how it reacts to the answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watching, type Watched, type Watching } from '../../../../widget/host/pipedrive/watching.ts';

const CLIENT = '77';
let asked: string[];
/** The server's answer for each path. */
let answers: Record<string, () => Response>;
let changes: number;
let unfold: (isVisible: boolean) => void;
let isHidden: boolean;
let stop: () => void;
let watched: Watched;

const stamp = (value: string | null) => (): Response => Response.json({ stamp: value });
const refusal =
  (status: number, error = '') =>
  (): Response =>
    Response.json({ error }, { status });
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
/** How many requests were sent within this time. */
async function asksIn(ms: number): Promise<number> {
  const before = asked.length;
  await wait(ms);
  return asked.length - before;
}
function hide(hidden: boolean): void {
  isHidden = hidden;
  document.dispatchEvent(new Event('visibilitychange'));
}
const of = (watch: Watching['answer']['watch']): Watching => ({
  gateway: '/api',
  proof: async refused => (refused === undefined ? 'first' : 'second'),
  frame: {
    onVisible(listener) {
      unfold = listener;
      return () => undefined;
    },
  },
  answer: { client: { contactId: CLIENT }, watch },
});
const listen = (watch: Watching['answer']['watch'] = { key: 'one', stamp: '1' }): void => {
  watched = watching(of(watch));
  stop = watched.onChange(CLIENT, () => (changes += 1));
};

beforeEach(() => {
  vi.useFakeTimers();
  [asked, changes, isHidden] = [[], 0, false];
  answers = { '/changes?watch=one': stamp('1') };
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (isHidden ? 'hidden' : 'visible'));
  vi.stubGlobal('fetch', async (address: string, { headers }: { headers: Record<string, string> }) => {
    const path = address.replace('/api', '');
    asked.push(`${headers['X-Auth-Token']} ${path}`);
    return answers[path]?.() ?? refusal(500)();
  });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a visible panel', () => {
  it('asks every five seconds, and reports nothing as long as nothing changes', async () => {
    listen();
    expect(await asksIn(30_500)).toBe(6);
    expect([new Set(asked), changes]).toEqual([new Set(['first /changes?watch=one']), 0]);
  });

  it('reports each change once', async () => {
    listen();
    answers['/changes?watch=one'] = stamp('2');
    await wait(5000);
    expect(changes).toBe(1);
    await wait(20_000);
    expect(changes).toBe(1);
    answers['/changes?watch=one'] = stamp('3');
    await wait(5000);
    expect(changes).toBe(2);
  });

  it('reports the first stamp that the server learns as a change, and a stamp that the server forgets not', async () => {
    listen({ key: 'one', stamp: null });
    await wait(5000);
    expect(changes).toBe(1);
    answers['/changes?watch=one'] = stamp(null);
    await wait(5000);
    answers['/changes?watch=one'] = stamp('1');
    await wait(5000);
    expect(changes).toBe(1);
  });

  it('asks less often when nothing has changed for minutes, and often again after a change', async () => {
    listen();
    await wait(180_000);
    expect(await asksIn(60_000)).toBe(4);
    answers['/changes?watch=one'] = stamp('2');
    await wait(15_000);
    expect([changes, await asksIn(15_000)]).toEqual([1, 3]);
  });

  it('does not report a change that it has made itself, but reports a later one', async () => {
    listen();
    watched.knowChange(CLIENT, '2');
    answers['/changes?watch=one'] = stamp('2');
    await wait(5000);
    expect(changes).toBe(0);
    watched.knowChange(CLIENT, '3');
    answers['/changes?watch=one'] = stamp('4');
    await wait(5000);
    expect(changes).toBe(1);
  });

  it('ignores an answer that is older than its own change', async () => {
    const held: (() => void)[] = [];
    vi.stubGlobal('fetch', () => new Promise(resolve => held.push(() => resolve(stamp('1')()))));
    listen();
    await wait(5000);
    watched.knowChange(CLIENT, '2');
    held.forEach(answer => answer());
    await wait(0);
    expect([held.length, changes]).toEqual([1, 0]);
  });

  it('sends one request for all listeners, and stops after the last one is removed', async () => {
    const { onChange } = watching(of({ key: 'one', stamp: '1' }));
    const heard: string[] = [];
    const first = onChange(CLIENT, () => heard.push('first'));
    stop = onChange(CLIENT, () => heard.push('second'));
    expect(await asksIn(5000)).toBe(1);
    first();
    answers['/changes?watch=one'] = stamp('2');
    expect(await asksIn(5000)).toBe(1);
    stop();
    expect([await asksIn(60_000), heard]).toEqual([0, ['second']]);
  });

  it('ignores an answer that arrives after the last listener is removed', async () => {
    const held: (() => void)[] = [];
    vi.stubGlobal('fetch', () => new Promise(resolve => held.push(() => resolve(stamp('2')()))));
    listen();
    await wait(5000);
    stop();
    held.forEach(answer => answer());
    expect([await asksIn(60_000), held.length, changes]).toEqual([0, 1, 0]);
  });
});

describe('a hidden panel', () => {
  it.each([
    ['folded', () => unfold(false), () => unfold(true)],
    ['in a hidden tab', () => hide(true), () => hide(false)],
  ])('sends no requests while it is %s, and continues afterwards', async (_, leave, come) => {
    listen();
    await wait(5000);
    leave();
    expect(await asksIn(600_000)).toBe(0);
    come();
    expect(await asksIn(5000)).toBe(1);
  });
});

describe('a server that does not answer as usual', () => {
  it('is asked less and less often while it fails, and as usual after it has answered', async () => {
    listen();
    answers['/changes?watch=one'] = refusal(502);
    await wait(3_600_000);
    expect(asked.length).toBeLessThan(40);
    expect(await asksIn(120_000)).toBe(1);
    answers['/changes?watch=one'] = stamp('2');
    await wait(120_000);
    expect([changes, await asksIn(5000)]).toEqual([1, 1]);
  });

  it('is asked once more with a new proof if it refuses the first one', async () => {
    listen();
    answers['/changes?watch=one'] = refusal(401, 'TOKEN_EXPIRED');
    await wait(5000);
    expect(asked).toEqual(['first /changes?watch=one', 'second /changes?watch=one']);
  });

  it('is asked for a new key when the key has expired, and no change in the meantime is missed', async () => {
    listen();
    answers = {
      '/changes?watch=one': refusal(403, 'WATCH_OVER'),
      '/watch?contact=77': () => Response.json({ key: 'two', stamp: '2' }),
      '/changes?watch=two': stamp('2'),
    };
    await wait(20_000);
    expect(asked.slice(0, 3)).toEqual([
      'first /changes?watch=one',
      'first /watch?contact=77',
      'first /changes?watch=two',
    ]);
    expect(changes).toBe(1);
  });

  it('is asked for a key if the page came without one', async () => {
    listen(null);
    answers = {
      '/watch?contact=77': () => Response.json({ key: 'two', stamp: '2' }),
      '/changes?watch=two': stamp('2'),
    };
    await wait(10_000);
    expect([asked, changes]).toEqual([['first /watch?contact=77', 'first /changes?watch=two'], 0]);
  });

  it('is not asked again after it says that the client is hidden, and the card reads the client', async () => {
    listen();
    answers = {
      '/changes?watch=one': refusal(403, 'WATCH_OVER'),
      '/watch?contact=77': refusal(404, 'NOT_SEEN'),
    };
    await wait(20_000);
    expect([asked.length, changes]).toEqual([2, 1]);
    hide(false);
    expect(await asksIn(600_000)).toBe(0);
  });

  it('is asked again after an older server has answered that it has no such route', async () => {
    listen();
    answers = { '/changes?watch=one': refusal(404, 'ROUTE_UNKNOWN') };
    await wait(5000);
    expect([asked.length, changes]).toEqual([1, 0]);
    answers = { '/changes?watch=one': stamp('2') };
    await wait(20_000);
    expect(changes).toBe(1);
  });
});
