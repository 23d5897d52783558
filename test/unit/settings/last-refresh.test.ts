import { describe, expect, it } from 'vitest';
import { refreshMemory, type LastRefresh } from '../../../widget/settings/last-refresh.ts';
import { memoryStorage } from './memory-storage.ts';

const LAST: LastRefresh = {
  at: 1_762_000_000_000,
  unfinished: ['chat'],
  atSave: ['8001'],
};
const of = (storage: Storage, account = '1', person = '8001') =>
  refreshMemory(() => storage, { account, person });

describe('the memory of the last refresh', () => {
  it('gives back what was written, after a reload too', () => {
    const storage = memoryStorage();
    of(storage).write(LAST);
    expect(of(storage).read()).toEqual(LAST);
  });

  it('is another one for each account and each person', () => {
    const storage = memoryStorage();
    of(storage).write(LAST);
    expect(of(storage, '2').read()).toBeNull();
    expect(of(storage, '1', '8002').read()).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['half a record', '{"at":17'],
    ['no time', JSON.stringify({ ...LAST, at: undefined })],
    ['a list', '[]'],
  ])('takes %s for "never refreshed here"', (_what, text) => {
    const kept = new Map<string, string>();
    const storage = memoryStorage(kept);
    of(storage).write(LAST);
    kept.forEach((_value, key) => kept.set(key, text));
    expect(of(storage).read()).toBeNull();
  });

  it('leaves out what it does not understand, and keeps the rest', () => {
    const kept = new Map<string, string>();
    const storage = memoryStorage(kept);
    of(storage).write(LAST);
    const odd = {
      ...LAST,
      unfinished: ['pipelines', 'chat'],
      atSave: ['8001', {}, 8002],
    };
    kept.forEach((_value, key) => kept.set(key, JSON.stringify(odd)));
    expect(of(storage).read()).toEqual({
      ...LAST,
      atSave: ['8001', '8002'],
    });
  });

  it.each<[string, () => Storage]>([
    [
      'is forbidden',
      () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    ],
    [
      'is full',
      () =>
        Object.assign(memoryStorage(), {
          setItem() {
            throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
          },
        }),
    ],
  ])('does without when storage %s', (_how, storage) => {
    const memory = refreshMemory(storage, { account: '1', person: '8001' });
    memory.write(LAST);
    expect(memory.read()).toBeNull();
  });

  it('is nobody else’s', () => {
    const storage = memoryStorage();
    of(storage).write(LAST);
    expect(of(storage, '1', '8002').read()).toBeNull();
    expect(of(storage, '12').read()).toBeNull();
    expect(of(storage).read()).toEqual(LAST);
  });
});
