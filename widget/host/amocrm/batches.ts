import { asFailure } from '../../http/failure.ts';

/** Records per request. The CRM allows more, but larger requests time out. */
export const BATCH = 50;

/** Sends requests one after the other, in the given order, with each id once. Sends none for an empty list. */
export async function inBatches<R>(
  ids: readonly string[],
  one: (batch: readonly string[]) => Promise<readonly R[]>,
  size = BATCH,
): Promise<readonly R[]> {
  const each = [...new Set(ids)];
  const results: R[] = [];
  for (let at = 0; at < each.length; at += size) results.push(...(await one(each.slice(at, at + size))));
  return results;
}

function missing(thrown: unknown): null {
  if (asFailure(thrown).code === 'missing') return null;
  throw thrown;
}

/**
 * The records with these ids, each once. Filtering lists is a paid option of the account: without it, the CRM returns
 * arbitrary records. Records that were not asked for are dropped, and missing ones are read one by one. `null` means
 * that there is no such record.
 */
export async function named<R extends { readonly id: string }>(
  ids: readonly string[],
  came: readonly R[],
  read: (id: string) => Promise<R | null>,
): Promise<readonly R[]> {
  const byId = new Map(came.map(record => [record.id, record]));
  const isFiltered = came.every(({ id }) => ids.includes(id));
  const records: R[] = [];
  for (const id of ids) {
    const record = byId.get(id) ?? (isFiltered ? null : await read(id).catch(missing));
    if (record) records.push(record);
  }
  return records;
}
