/**
 * What the CRM's records have in common. Its pages document most fields but not their empty values, so ids come as
 * numbers or strings, and optional fields may be missing or of another type.
 */
import { check, nullable, optional, pipe, transform, unknown, type GenericSchema } from 'valibot';
import type { Answer, Client, Query } from '../../http/client.ts';
import { amount, id } from '../../http/fields.ts';
import { envelope, listed, type Listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { Part } from '../../http/pages.ts';

/** All ids except those of events are whole numbers from 1. */
export const crmId = pipe(
  id,
  check(written => /^[1-9]\d*$/.test(written)),
);

/** The CRM's different values for "none". */
const NONE: ReadonlySet<unknown> = new Set([undefined, null, false, 0, '0', '']);

/** A person's id, or `null` for none. Any other value is not understood and must not count as "none". */
export const personId = optional(
  pipe(
    unknown(),
    transform(value => (NONE.has(value) ? null : value)),
    nullable(crmId),
  ),
  null,
);

const NOTHING: Listed<never> = { items: [], notUnderstood: 0 };

/** One page of a list, or the whole list if it has no pages. */
const page = <T>(name: string, item: GenericSchema<unknown, T>) =>
  pipe(
    envelope({
      _embedded: envelope({ [name]: listed(item) }),
      _links: optional(unknown()),
      _page_count: amount,
      _total_items: amount,
    }),
    transform(({ _embedded, _links, _page_count, _total_items }) => ({
      records: _embedded[name] ?? NOTHING,
      hasNext: hasNext(_links),
      pageCount: _page_count,
      total: _total_items,
    })),
  );

/** `null` if the page has no links at all. */
const hasNext = (links: unknown): boolean | null =>
  typeof links === 'object' && links !== null ? 'next' in links && Boolean(links.next) : null;

type Asked = { readonly path: string; readonly query?: Query; readonly signal?: AbortSignal | undefined };

/** Reads a list that comes in one answer. */
export async function readList<T>(
  ask: Client,
  name: string,
  item: GenericSchema<unknown, T>,
  asked: Asked,
): Promise<Listed<T> & Pick<Answer<T>, 'header'>> {
  const { value, header } = await ask({ method: 'GET', ...asked, schema: page(name, item) });
  return { ...(value?.records ?? NOTHING), header };
}

/** The ids in an answer to a change of several records. */
export const recordedIn = (name: string) =>
  pipe(
    page(name, object({ id: crmId })),
    transform(({ records }) => records.items.map(one => one.id)),
  );

/** Reads one page of a list that takes `page` and `limit`. An empty answer (204) is the end. */
export async function readPage<T>(
  ask: Client,
  name: string,
  item: GenericSchema<unknown, T>,
  asked: Asked & { readonly query: { readonly page: number; readonly limit: number } },
): Promise<Part<T> & { readonly total: number | null }> {
  const { value } = await ask({ method: 'GET', ...asked, schema: page(name, item) });
  if (!value) return { ...NOTHING, hasMore: false, total: null };
  const { records, hasNext, pageCount, total } = value;
  const { page: number, limit } = asked.query;
  const came = records.items.length + records.notUnderstood;
  const isFull = came >= limit && hasNext === null;
  return {
    ...records,
    hasMore: came > 0 && (hasNext === true || (pageCount ?? 0) > number || isFull),
    total,
  };
}
