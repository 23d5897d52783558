/** Pipedrive's answers: each says whether it succeeded. v1 and v2 differ in the format of times and pages. */
import type { World } from '../../world/world.ts';
import { problem } from './problem.ts';

export const ok = (data: unknown, status = 200): Response =>
  Response.json({ success: true, data }, { status });

export const okWith = (data: unknown, additional: unknown): Response =>
  Response.json({ success: true, data, additional_data: additional });

/** A time in v2: RFC 3339. */
export const timeOf = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** A time in v1, in UTC. */
export const textTimeOf = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');

export type Sorting<T> = Readonly<Record<string, (record: T) => number>>;
type Listed = { readonly id: number };
type Cursor = {
  readonly field: string;
  readonly fieldValue: number;
  readonly sortDirection: 'asc' | 'desc';
  readonly id: number;
};

const USUAL_PAGE = 100;
const LONGEST_PAGE = 500;

/** A page of v2. Its cursor names the last record of the page, so a record that moves is read twice or missed. */
export function cursorPage<T extends Listed>(
  world: World,
  records: readonly T[],
  query: URLSearchParams,
  sorting: Sorting<T>,
  wire: (record: T) => unknown,
  usually: 'asc' | 'desc' = 'asc',
): Response {
  const limit = limitOf(query);
  if (limit instanceof Response) return limit;
  const after = cursorOf(query.get('cursor'));
  if (after === 'unreadable') return problem(400, 'Invalid cursor');
  const field = after?.field ?? query.get('sort_by') ?? 'id';
  const sortDirection = after?.sortDirection ?? directionOf(query.get('sort_direction')) ?? usually;
  const valueOf = sorting[field];
  if (!valueOf) return problem(400, `Cannot sort by ${field}`);
  const sign = sortDirection === 'desc' ? -1 : 1;
  const sorted = records.toSorted((a, b) => sign * (valueOf(a) - valueOf(b) || a.id - b.id));
  const isLater = (record: T): boolean =>
    after === undefined || sign * (valueOf(record) - after.fieldValue || record.id - after.id) > 0;
  const rest = sorted.filter(isLater);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next =
    last && rest.length > limit ? { field, fieldValue: valueOf(last), sortDirection, id: last.id } : null;
  const data = page.map(wire);
  if (!next && world.pipedrive.oddities.lastPage === 'missing') return ok(data);
  return okWith(data, { next_cursor: next && encoded(next) });
}

const directionOf = (text: string | null): 'asc' | 'desc' | undefined =>
  text === 'asc' || text === 'desc' ? text : undefined;

export function limitOf(query: URLSearchParams, usual = USUAL_PAGE): number | Response {
  const limit = Number(query.get('limit') ?? usual);
  const isGood = Number.isInteger(limit) && limit >= 1 && limit <= LONGEST_PAGE;
  return isGood ? limit : problem(400, 'Invalid limit');
}

const encoded = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function cursorOf(text: string | null): Cursor | 'unreadable' | undefined {
  if (text === null || text === '') return undefined;
  try {
    const { field, fieldValue, sortDirection, id } = JSON.parse(Buffer.from(text, 'base64url').toString());
    const isGood =
      typeof field === 'string' &&
      typeof fieldValue === 'number' &&
      (sortDirection === 'asc' || sortDirection === 'desc') &&
      typeof id === 'number';
    return isGood ? { field, fieldValue, sortDirection, id } : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** A page of v1, by its offset in the list. */
export function placedPage<T>(
  records: readonly T[],
  query: URLSearchParams,
  wire: (record: T) => unknown,
): Response {
  const limit = limitOf(query);
  const start = Number(query.get('start') ?? 0);
  if (limit instanceof Response) return limit;
  if (!(Number.isInteger(start) && start >= 0)) return problem(400, 'Invalid start');
  const isMore = records.length > start + limit;
  return okWith(records.slice(start, start + limit).map(wire), {
    pagination: {
      start,
      limit,
      more_items_in_collection: isMore,
      ...(isMore && { next_start: start + limit }),
    },
  });
}
