import { asFailure } from '../../http/failure.ts';

/** How many records one request may name: more are allowed, and time out. */
export const BATCH = 50;

/** One request after the other, in the given order, each id once; none when there is nothing to ask about. */
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
 * The records of these ids, each once. Filters of lists are a paid option of the account: without it the CRM answers with
 * whoever comes first. Then what nobody asked for is dropped, and what did not come is read by itself; `null`: there is none.
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
