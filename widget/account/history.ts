/** The history from our server. A change that this version cannot describe counts as "another change". */
import {
  array,
  boolean,
  fallback,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  string,
  transform,
  type GenericSchema,
} from 'valibot';
import type { Assignment } from '../../domain/assignment.ts';
import { ROLES } from '../../domain/role.ts';
import { path } from '../http/client.ts';
import { Failure } from '../http/failure.ts';
import { id } from '../http/fields.ts';
import { envelope, listed } from '../http/listed.ts';
import { object } from '../http/object.ts';
import {
  OUTCOMES,
  THINGS,
  WHATS,
  type HistoryChange,
  type HistoryLine,
  type HistoryServer,
} from './account.ts';
import { clientOf, type Reached } from './server.ts';

const line: GenericSchema<unknown, HistoryLine> = object({
  thing: picklist(THINGS),
  person: optional(id),
  channel: optional(id),
  group: optional(id),
  before: string(),
  after: string(),
});
const NOTHING = { lines: { items: [] }, more: 0 };
const change: GenericSchema<unknown, HistoryChange> = pipe(
  object({
    id,
    at: string(),
    employeeId: id,
    what: fallback(picklist([...WHATS, 'other']), 'other'),
    outcome: picklist(OUTCOMES),
    origin: nullable(string()),
    difference: nullable(object({ lines: listed(line), more: number() })),
  }),
  transform(({ at, origin, difference, ...told }) => {
    const { lines, more } = difference ?? NOTHING;
    return { ...told, at: Date.parse(at), isFromPage: origin !== null, lines: lines?.items ?? [], more };
  }),
);
const pageShape = envelope({ changes: listed(change) });
const role: GenericSchema<unknown, Assignment> = object({
  channelId: id,
  employeeId: id,
  role: picklist(ROLES),
  receivesNewClients: boolean(),
});
const rolesShape = object({ roles: array(role) });

/** Changes per page of the history. */
const PAGE = 50;

export function historyServer(reached: Reached): HistoryServer {
  const ask = clientOf(reached);
  return {
    async history(after, employeeId, signal) {
      const query = { ...(after !== null && { before: after }), ...(employeeId && { employee: employeeId }) };
      const { value } = await ask({ method: 'GET', path: '/history', query, schema: pageShape, signal });
      const { items, notUnderstood } = value?.changes ?? { items: [], notUnderstood: 0 };
      const isLast = items.length + notUnderstood < PAGE;
      return { changes: items, next: isLast ? null : (items.at(-1)?.id ?? null) };
    },
    async rolesBefore(changeId) {
      const asked = path`/history/${changeId}/roles`;
      const { value } = await ask({ method: 'GET', path: asked, schema: rolesShape });
      if (!value) throw new Failure('unreadable', 'chat');
      return value.roles;
    },
  };
}
