import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../../widget/http/failure.ts';
import { settle } from '../../../widget/work/settle.ts';

type State = { readonly kind: string; readonly code?: string };
const failed = ({ code }: Failure): State => ({ kind: 'failed', code });
const never = new Promise<State>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a busy state', () => {
  it('ends with the result of the work, or stays as before without one', async () => {
    const state = signal<State>({ kind: 'idle' });
    await settle(state, async show => (show({ kind: 'busy' }), { kind: 'done' }), failed);
    expect(state.value).toEqual({ kind: 'done' });
    await settle(state, async () => null, failed);
    expect(state.value).toEqual({ kind: 'done' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each<[string, () => Promise<State>, string]>([
    ['a failure', () => Promise.reject(new Failure('down', 'chat')), 'down'],
    ['a defect', () => Promise.reject(new TypeError('undefined is no function')), 'defect'],
  ])('ends with %s', async (_what, end, code) => {
    const state = signal<State>({ kind: 'idle' });
    await settle(state, async show => (show({ kind: 'busy' }), end()), failed);
    expect(state.value).toEqual({ kind: 'failed', code });
  });

  it('ends when the work reports nothing for a minute, and not while it reports progress', async () => {
    const state = signal<State>({ kind: 'idle' });
    let tell = (_busy: State): void => undefined;
    const work = (show: (busy: State) => void): Promise<State> => {
      tell = show;
      return never;
    };
    const settled = settle(state, work, failed, { service: 'crm' });
    for (const at of ['1', '2', '3']) {
      await vi.advanceTimersByTimeAsync(59_000);
      tell({ kind: at });
      expect(state.value.kind).toBe(at);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    await settled;
    expect(state.value).toEqual({ kind: 'failed', code: 'timeout' });
    tell({ kind: 'late' });
    expect(state.value).toEqual({ kind: 'failed', code: 'timeout' });
  });

  it('ends soon after it is aborted, even if the work still runs', async () => {
    const state = signal<State>({ kind: 'idle' });
    const leaving = new AbortController();
    const settled = settle(state, () => never, failed, { signal: leaving.signal });
    await vi.advanceTimersByTimeAsync(10_000);
    leaving.abort();
    await vi.advanceTimersByTimeAsync(5000);
    await settled;
    expect(state.value).toEqual({ kind: 'failed', code: 'timeout' });
  });
});
