/** Reads a list that a service hands out in parts. */
import { distinct } from './distinct.ts';
import type { Listed } from './listed.ts';

export type Part<T> = Listed<T> & {
  /** Whether the service says, or lets expect, that there are more. Never behind an empty part. */
  readonly hasMore: boolean;
};

export async function readPages<T>(given: {
  /** `page` from 1; `offset`: how many records came before. */
  readonly read: (at: { readonly page: number; readonly offset: number }) => Promise<Part<T>>;
  readonly keyOf: (item: T) => string;
  /** A bound against a service that never stops. */
  readonly most: number;
  readonly onPage?: (soFar: { readonly fresh: readonly T[]; readonly loaded: number }) => void;
}): Promise<Listed<T>> {
  const { read, keyOf, most, onPage } = given;
  // As `distinct` has it: whoever comes again on a later page is newer, and keeps their place.
  const all = new Map<string, T>();
  let notUnderstood = 0;
  let offset = 0;
  for (let page = 1; page <= most; page += 1) {
    const part = await read({ page, offset });
    const fresh = distinct(part.items, keyOf).filter(item => !all.has(keyOf(item)));
    for (const item of part.items) all.set(keyOf(item), item);
    onPage?.({ fresh, loaded: all.size });
    // The service does not turn the page: asking on would bring nothing.
    if (part.hasMore && fresh.length === 0 && page > 1) break;
    notUnderstood += part.notUnderstood;
    offset += part.items.length + part.notUnderstood;
    if (!part.hasMore) break;
  }
  return { items: [...all.values()], notUnderstood };
}
