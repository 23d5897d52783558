/** Filters a v2 list by the fields that persons and deals have in common. */
import type { World } from '../../world/world.ts';
import type { Item } from '../../world/pipedrive/items.ts';
import { anything, direction, number, numbers, oneOf, type Parameters } from '../parameters.ts';
import type { Sorting } from './envelope.ts';
import { problem } from './problem.ts';

export const LISTING: Parameters = {
  limit: anything,
  cursor: anything,
  sort_by: oneOf('id', 'update_time', 'add_time'),
  sort_direction: direction,
};
export const SEEKING: Parameters = {
  ...LISTING,
  ids: numbers,
  owner_id: number,
  updated_since: anything,
  updated_until: anything,
};

const MOST_IDS = 100;

/** Times are whole seconds in requests and answers, so they are compared as such. */
const secondsOf = (milliseconds: number): number => Math.floor(milliseconds / 1000);

export const SORTING: Sorting<Item> = {
  id: one => one.id,
  update_time: one => secondsOf(one.updateTime),
  add_time: one => secondsOf(one.addTime),
};

/** Whether a list may contain a record: a deleted one is in no list, or only in lists by the time of the update. */
export const isListed = ({ pipedrive }: World, item: Item, query: URLSearchParams): boolean =>
  !item.isDeleted || (pipedrive.oddities.deletedInLists && query.has('updated_since'));

/** Whether a record matches: `since` is inclusive, `until` is exclusive. */
export function soughtBy(query: URLSearchParams): ((item: Item) => boolean) | Response {
  const ids = query.get('ids')?.split(',').map(Number);
  if (ids && ids.length > MOST_IDS) return problem(400, 'Too many ids');
  const [since, until] = [
    momentOf(query, 'updated_since', -Infinity),
    momentOf(query, 'updated_until', Infinity),
  ];
  if (Number.isNaN(since) || Number.isNaN(until)) return problem(400, 'Invalid time');
  const owner = query.get('owner_id');
  return item =>
    (ids?.includes(item.id) ?? true) &&
    (owner === null || item.ownerId === Number(owner)) &&
    secondsOf(item.updateTime) >= since &&
    secondsOf(item.updateTime) < until;
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function momentOf(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  return RFC3339.test(text) ? Date.parse(text) / 1000 : Number.NaN;
}
