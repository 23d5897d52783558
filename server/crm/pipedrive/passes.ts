/** The requests that pages may make as their person, and the cost of each in tokens of the company's daily budget. */
import * as v from 'valibot';
import type { Pass } from '../framed.ts';

type Listed = Pass & {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Relative to /api/. `{id}` stands for the id of a record. */
  readonly path: string;
  /** Allowed parameters, each at most once. */
  readonly query?: Readonly<Record<string, RegExp>>;
};

const NUMBER = /^[1-9]\d{0,17}$/;
const NUMBERS = /^[1-9]\d{0,17}(?:,[1-9]\d{0,17}){0,99}$/;
const FLAG = /^(?:true|false|0|1)$/;
const WORD = /^[a-z_]{1,40}$/;
/** Cursors are opaque. All known ones are base64url. */
const CURSOR = /^[\w.~+/=-]{1,1000}$/;
const START = /^\d{1,9}$/;
const pages = { limit: NUMBER, cursor: CURSOR };
const olderPages = { limit: NUMBER, start: START, sort: /^[a-z_]{1,40} (?:ASC|DESC|asc|desc)$/ };

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const text = v.pipe(v.string(), v.maxLength(20_000));
const owner = v.strictObject({ owner_id: id });
const activity = v.strictObject({
  subject: text,
  type: v.optional(v.pipe(v.string(), v.regex(WORD))),
  owner_id: v.optional(id),
  person_id: v.optional(id),
  participants: v.optional(
    v.pipe(v.array(v.strictObject({ person_id: id, primary: v.boolean() })), v.maxLength(10)),
  ),
  deal_id: v.optional(id),
  due_date: v.optional(v.pipe(v.string(), v.isoDate())),
  due_time: v.optional(v.pipe(v.string(), v.regex(/^\d{2}:\d{2}(?::\d{2})?$/))),
  note: v.optional(text),
  done: v.optional(v.boolean()),
});
const activityChange = v.strictObject({ done: v.optional(v.boolean()), note: v.optional(text) });

export const PASSES: readonly Listed[] = [
  { method: 'GET', path: 'v1/users', cost: 20 },
  { method: 'GET', path: 'v2/persons/{id}', cost: 1 },
  { method: 'GET', path: 'v2/persons', query: { ids: NUMBERS, deal_id: NUMBER, ...pages }, cost: 10 },
  { method: 'PATCH', path: 'v2/persons/{id}', takes: body => v.is(owner, body), cost: 5 },
  { method: 'GET', path: 'v2/deals', query: { person_id: NUMBER, status: WORD, ...pages }, cost: 10 },
  { method: 'GET', path: 'v2/deals/{id}', cost: 1 },
  { method: 'PATCH', path: 'v2/deals/{id}', takes: body => v.is(owner, body), cost: 5 },
  { method: 'GET', path: 'v2/pipelines', query: pages, cost: 5 },
  {
    method: 'GET',
    path: 'v2/stages',
    query: { pipeline_id: NUMBER, sort_by: WORD, sort_direction: WORD, ...pages },
    cost: 5,
  },
  { method: 'GET', path: 'v1/persons/{id}/changelog', query: pages, cost: 20 },
  { method: 'GET', path: 'v1/notes', query: { person_id: NUMBER, ...olderPages }, cost: 20 },
  {
    method: 'GET',
    path: 'v2/activities',
    query: { person_id: NUMBER, owner_id: NUMBER, done: FLAG, ...pages },
    cost: 10,
  },
  { method: 'GET', path: 'v2/activities/{id}', cost: 1 },
  { method: 'POST', path: 'v2/activities', takes: body => v.is(activity, body), cost: 5 },
  { method: 'PATCH', path: 'v2/activities/{id}', takes: body => v.is(activityChange, body), cost: 5 },
];

/** The entry for this request. Null if pages may not make it. */
export function passFor(method: string, path: string, query: URLSearchParams): Pass | null {
  const found = PASSES.find(one => one.method === method && isPath(one.path, path));
  if (!found) return null;
  const names = [...query.keys()];
  const isTaken = names.every(name => found.query?.[name]?.test(query.get(name) ?? '') === true);
  return isTaken && new Set(names).size === names.length ? found : null;
}

function isPath(pattern: string, path: string): boolean {
  const [parts, given] = [pattern.split('/'), path.split('/')];
  return (
    parts.length === given.length &&
    parts.every((part, at) => (part === '{id}' ? NUMBER.test(given[at] ?? '') : part === given[at]))
  );
}
