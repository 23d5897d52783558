import { describe, expect, it } from 'vitest';
import { saveMemory, type LastSave } from '../../../../widget/admin/panel/last-save.ts';
import { memoryStorage } from './memory-storage.ts';

const LAST: LastSave = { employees: ['8001'] };
const of = (storage: Storage, account = '1', person = '8001') =>
  saveMemory(() => storage, { account, person });

describe('the memory of the last save', () => {
  it('gives back what was written, after a reload too', () => {
    const storage = memoryStorage();
    of(storage).write(LAST);
    expect(of(storage).read()).toEqual(LAST);
  });

  it('is separate for each account and each person', () => {
    const storage = memoryStorage();
    of(storage).write(LAST);
    expect(of(storage, '2').read()).toBeNull();
    expect(of(storage, '1', '8002').read()).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['half of a record', '{"employees":["17"'],
    ['no list', JSON.stringify({ ...LAST, employees: undefined })],
    ['a list of something else', JSON.stringify({ employees: ['8001', {}] })],
    ['a list', '[]'],
  ])('takes %s for "never saved here"', (_what, text) => {
    const kept = new Map<string, string>();
    const storage = memoryStorage(kept);
    of(storage).write(LAST);
    kept.forEach((_value, key) => kept.set(key, text));
    expect(of(storage).read()).toBeNull();
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
  ])('reads as "never saved here" when storage %s', (_how, storage) => {
    const memory = saveMemory(storage, { account: '1', person: '8001' });
    memory.write(LAST);
    expect(memory.read()).toBeNull();
  });

  it('is not shared with another person or account', () => {
    const storage = memoryStorage();
    of(storage).write(LAST);
    expect(of(storage, '1', '8002').read()).toBeNull();
    expect(of(storage, '12').read()).toBeNull();
    expect(of(storage).read()).toEqual(LAST);
  });
});
