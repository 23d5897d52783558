/** Reads a list that a service returns in parts. */
import { distinct } from './distinct.ts';
import type { Listed } from './listed.ts';

export type Part<T> = Listed<T> & {
  /** Whether the service says or implies that there are more parts. Never true for an empty part. */
  readonly hasMore: boolean;
};

export async function readPages<T>(given: {
  /** `page` starts at 1; `offset` is the number of records read before. */
  readonly read: (at: { readonly page: number; readonly offset: number }) => Promise<Part<T>>;
  readonly keyOf: (item: T) => string;
  /** A limit in case the service never stops. */
  readonly most: number;
  readonly onPage?: (soFar: { readonly fresh: readonly T[]; readonly loaded: number }) => void;
}): Promise<Listed<T>> {
  const { read, keyOf, most, onPage } = given;
  // As in `distinct`: a record that appears again on a later page is newer and keeps its place.
  const all = new Map<string, T>();
  let notUnderstood = 0;
  let offset = 0;
  for (let page = 1; page <= most; page += 1) {
    const part = await read({ page, offset });
    const fresh = distinct(part.items, keyOf).filter(item => !all.has(keyOf(item)));
    for (const item of part.items) all.set(keyOf(item), item);
    onPage?.({ fresh, loaded: all.size });
    // The service repeats the same page, so further requests would bring nothing.
    if (part.hasMore && fresh.length === 0 && page > 1) break;
    notUnderstood += part.notUnderstood;
    offset += part.items.length + part.notUnderstood;
    if (!part.hasMore) break;
  }
  return { items: [...all.values()], notUnderstood };
}
