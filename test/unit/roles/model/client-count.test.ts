import { describe, expect, it } from 'vitest';
import type { Chat, ClientCounts } from '../../../../widget/chat/chat.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { createClientCount } from '../../../../widget/roles/model/client-count.ts';

const NOTHING: ClientCounts = { byOwner: new Map(), byResponsible: new Map(), all: 0, isComplete: true };
const AT = Date.UTC(2026, 2, 7);

/** A service whose counts end when the test says so. */
function counting() {
  const asked: {
    readonly options: Parameters<Chat['clientCounts']>[0];
    readonly end: (counts: ClientCounts) => void;
    readonly fail: (thrown: unknown) => void;
  }[] = [];
  const model = createClientCount(
    {
      clientCounts: options =>
        new Promise((end, fail) => {
          asked.push({ options, end, fail });
        }),
    },
    () => AT,
  );
  return { model, asked };
}

describe('a count of clients', () => {
  it('tells how far it is, and with its end when that was', async () => {
    const { model, asked } = counting();
    const counted = model.count();
    asked[0]?.options?.onProgress?.({ what: 'deals', read: 100, of: 230 });
    expect(model.state.value).toEqual({ kind: 'counting', what: 'deals', read: 100, of: 230 });
    asked[0]?.end({ ...NOTHING, all: 7 });
    await counted;
    expect(model.state.value).toEqual({ kind: 'counted', at: AT, ...NOTHING, all: 7 });
  });

  it('is asked once, however often it is pressed', () => {
    const { model, asked } = counting();
    void model.count();
    void model.count();
    expect(asked).toHaveLength(1);
  });

  it('asks no more once it is cancelled, and what arrives late is not shown', async () => {
    const { model, asked } = counting();
    const counted = model.count();
    model.cancel();
    expect(asked[0]?.options?.signal?.aborted).toBe(true);
    expect(model.state.value).toEqual({ kind: 'unasked' });
    asked[0]?.options?.onProgress?.({ what: 'contacts', read: 100, of: 230 });
    asked[0]?.fail(new Failure('cancelled', 'chat'));
    await counted;
    expect(model.state.value).toEqual({ kind: 'unasked' });
  });

  it('shows the earlier one again when the next is cancelled', async () => {
    const { model, asked } = counting();
    const first = model.count();
    asked[0]?.end({ ...NOTHING, all: 7 });
    await first;
    void model.count();
    model.cancel();
    expect(model.state.value).toMatchObject({ kind: 'counted', all: 7 });
  });

  it('can be made again after it failed', async () => {
    const { model, asked } = counting();
    const counted = model.count();
    asked[0]?.fail(new Failure('down', 'chat'));
    await counted;
    expect(model.state.value).toMatchObject({ kind: 'failed', failure: { code: 'down' } });
    void model.count();
    expect(model.state.value).toMatchObject({ kind: 'counting', read: 0 });
  });
});
