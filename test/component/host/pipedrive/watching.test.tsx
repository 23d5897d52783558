/** When an open panel in Pipedrive asks whether the client has another owner, and what it makes of the answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watching, type Watched, type Watching } from '../../../../widget/host/pipedrive/watching.ts';

const CLIENT = '77';
let asked: string[];
/** The server's answer to each path, until another one is set. */
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
/** How often it was asked within that time. */
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

describe('a panel that is seen', () => {
  it('asks every five seconds, and says nothing as long as nothing changes', async () => {
    listen();
    expect(await asksIn(30_500)).toBe(6);
    expect([new Set(asked), changes]).toEqual([new Set(['first /changes?watch=one']), 0]);
  });

  it('says once that something has changed', async () => {
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

  it('takes what the server hears for the first time for a change, and what it forgets for none', async () => {
    listen({ key: 'one', stamp: null });
    await wait(5000);
    expect(changes).toBe(1);
    answers['/changes?watch=one'] = stamp(null);
    await wait(5000);
    answers['/changes?watch=one'] = stamp('1');
    await wait(5000);
    expect(changes).toBe(1);
  });

  it('asks more seldom when nothing has changed for minutes, and often again after a change', async () => {
    listen();
    await wait(180_000);
    expect(await asksIn(60_000)).toBe(4);
    answers['/changes?watch=one'] = stamp('2');
    await wait(15_000);
    expect([changes, await asksIn(15_000)]).toEqual([1, 3]);
  });

  it('says nothing of a change that it has made itself, and does of one that came after it', async () => {
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

  it('does not take an answer from before its own change for another one', async () => {
    const held: (() => void)[] = [];
    vi.stubGlobal('fetch', () => new Promise(resolve => held.push(() => resolve(stamp('1')()))));
    listen();
    await wait(5000);
    watched.knowChange(CLIENT, '2');
    held.forEach(answer => answer());
    await wait(0);
    expect([held.length, changes]).toEqual([1, 0]);
  });

  it('asks once for all who listen, and no more when the last one has gone', async () => {
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

  it('drops an answer that comes after nobody listens any more', async () => {
    const held: (() => void)[] = [];
    vi.stubGlobal('fetch', () => new Promise(resolve => held.push(() => resolve(stamp('2')()))));
    listen();
    await wait(5000);
    stop();
    held.forEach(answer => answer());
    expect([await asksIn(60_000), held.length, changes]).toEqual([0, 1, 0]);
  });
});

describe('a panel that nobody sees', () => {
  it.each([
    ['folded', () => unfold(false), () => unfold(true)],
    ['in a tab out of sight', () => hide(true), () => hide(false)],
  ])('asks nothing while it is %s, and goes on afterwards', async (_, leave, come) => {
    listen();
    await wait(5000);
    leave();
    expect(await asksIn(600_000)).toBe(0);
    come();
    expect(await asksIn(5000)).toBe(1);
  });
});

describe('a server that does not answer as usual', () => {
  it('is asked ever more seldom while it fails, and as usual once it answers', async () => {
    listen();
    answers['/changes?watch=one'] = refusal(502);
    await wait(3_600_000);
    expect(asked.length).toBeLessThan(40);
    expect(await asksIn(120_000)).toBe(1);
    answers['/changes?watch=one'] = stamp('2');
    await wait(120_000);
    expect([changes, await asksIn(5000)]).toEqual([1, 1]);
  });

  it('that does not accept a proof is asked once more with another one', async () => {
    listen();
    answers['/changes?watch=one'] = refusal(401, 'TOKEN_EXPIRED');
    await wait(5000);
    expect(asked).toEqual(['first /changes?watch=one', 'second /changes?watch=one']);
  });

  it('is asked for another key when this one’s hour is over, and no change is missed meanwhile', async () => {
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

  it('is asked for a key where the page brought none', async () => {
    listen(null);
    answers = {
      '/watch?contact=77': () => Response.json({ key: 'two', stamp: '2' }),
      '/changes?watch=two': stamp('2'),
    };
    await wait(10_000);
    expect([asked, changes]).toEqual([['first /watch?contact=77', 'first /changes?watch=two'], 0]);
  });

  it('that no longer shows the client is asked nothing more, and the card looks for itself', async () => {
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
});
