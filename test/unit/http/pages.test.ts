import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinct } from '../../../widget/http/distinct.ts';
import { readPages, type Part } from '../../../widget/http/pages.ts';

type Person = { readonly id: string; readonly seen: number };
const idOf = ({ id }: Person): string => id;

/** A service that answers with these parts one after the other, and then with empty ones. */
const handingOut = (parts: readonly Part<Person>[], most = 100) => {
  const reported: { readonly fresh: readonly string[]; readonly loaded: number }[] = [];
  const asked: { readonly page: number; readonly offset: number }[] = [];
  const result = readPages({
    async read(at) {
      asked.push(at);
      return parts[at.page - 1] ?? { items: [], notUnderstood: 0, hasMore: false };
    },
    keyOf: idOf,
    most,
    onPage: ({ fresh, loaded }) => reported.push({ fresh: fresh.map(idOf), loaded }),
  });
  return { result, reported, asked };
};
const part = (ids: readonly string[], hasMore: boolean, notUnderstood = 0, seen = 0): Part<Person> => ({
  items: ids.map(id => ({ id, seen })),
  notUnderstood,
  hasMore,
});

describe('a list that is read page by page', () => {
  it('has each person once even if it moves while it is read, and reports the right count', async () => {
    const page = fc.array(fc.constantFrom('1', '2', '3', '4', '5', '6'), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 5 }), async pages => {
        const { result, reported } = handingOut(
          pages.map((ids, at) => part(ids, at < pages.length - 1, 0, at)),
        );
        const { items } = await result;
        expect(new Set(items.map(idOf)).size).toBe(items.length);
        expect(reported.at(-1)?.loaded).toBe(items.length);
        expect(reported.flatMap(one => one.fresh)).toEqual(items.map(idOf));
      }),
    );
  });

  it('keeps a repeated person in their first place, with the latest data', async () => {
    const { result } = handingOut([part(['1', '2'], true, 0, 1), part(['1', '3'], false, 0, 2)]);
    expect((await result).items).toEqual([
      { id: '1', seen: 2 },
      { id: '2', seen: 1 },
      { id: '3', seen: 2 },
    ]);
  });

  it('continues after a page of which nothing was understood', async () => {
    const { result, asked } = handingOut([part([], true, 2), part(['1'], false, 1)]);
    const read = await result;
    expect(read).toMatchObject({ notUnderstood: 3 });
    expect(read.items).toHaveLength(1);
    expect(asked).toEqual([
      { page: 1, offset: 0 },
      { page: 2, offset: 2 },
    ]);
  });

  it('ends when the service repeats a page', async () => {
    const same = part(['1', '2'], true, 1);
    const { result, asked } = handingOut([same, same, same]);
    expect(await result).toMatchObject({ notUnderstood: 1 });
    expect(asked).toHaveLength(2);
  });

  it('ends at its limit', async () => {
    const { result, asked } = handingOut([part(['1'], true), part(['2'], true), part(['3'], true)], 2);
    expect((await result).items).toHaveLength(2);
    expect(asked).toHaveLength(2);
  });
});

describe('distinct records', () => {
  it('keep the latest of each at the place of the first', () => {
    const all = [part(['1', '2'], false, 0, 1), part(['1'], false, 0, 2)].flatMap(({ items }) => items);
    expect(distinct(all, idOf)).toEqual([
      { id: '1', seen: 2 },
      { id: '2', seen: 1 },
    ]);
  });
});
