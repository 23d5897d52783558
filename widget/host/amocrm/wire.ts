/** Shapes of the CRM's API v4 as far as we read them, and how they become ours. Source: the CRM's API reference. */
import {
  array,
  boolean,
  nullish,
  number,
  object,
  optional,
  string,
  unknown,
  type InferOutput,
} from 'valibot';
import type { Employee } from '../../domain/employee.ts';
import type { Contact, Pipeline } from '../host.ts';

const named = object({ id: number(), name: string() });

export const userPage = object({
  _page_count: optional(number()),
  _embedded: object({
    users: array(
      object({
        id: number(),
        name: string(),
        email: nullish(string()),
        rights: object({
          is_active: boolean(),
          is_admin: optional(boolean(), false),
          is_free: optional(boolean(), false),
          group_id: nullish(number()),
          contacts: optional(object({ edit: optional(string(), '') })),
        }),
        _embedded: optional(object({ groups: optional(array(named)) })),
      }),
    ),
  }),
});
type WireUser = InferOutput<typeof userPage>['_embedded']['users'][number];

/** The group that every account has comes with the account only: its people are listed without a group. */
export const accountRecord = object({
  _embedded: object({ users_groups: array(named) }),
});

const EDITS: ReadonlyMap<string, Employee['editsContacts']> = new Map([
  ['A', 'all'],
  ['G', 'group'],
  ['M', 'own'],
  ['D', 'none'],
]);

export const employeeFrom = (user: WireUser, defaultGroup: string): Employee => ({
  id: String(user.id),
  name: user.name,
  email: user.email ?? '',
  group: user._embedded?.groups?.[0]?.name ?? defaultGroup,
  groupId: String(user.rights.group_id ?? 0),
  active: user.rights.is_active,
  admin: user.rights.is_admin,
  free: user.rights.is_free,
  editsContacts: user.rights.is_admin ? 'all' : (EDITS.get(user.rights.contacts?.edit ?? '') ?? 'unknown'),
});

export const pipelineList = object({
  _embedded: object({
    pipelines: array(object({ ...named.entries, _embedded: object({ statuses: array(named) }) })),
  }),
});

export const pipelinesFrom = (list: InferOutput<typeof pipelineList>): readonly Pipeline[] =>
  list._embedded.pipelines.map(({ id, name, _embedded }) => ({
    id: String(id),
    name,
    stages: _embedded.statuses.map(stage => ({ id: String(stage.id), name: stage.name })),
  }));

export const contactRecord = object({
  id: number(),
  name: nullish(string()),
  responsible_user_id: nullish(number()),
  is_deleted: optional(boolean()),
  custom_fields_values: nullish(
    array(object({ field_code: nullish(string()), values: array(object({ value: unknown() })) })),
  ),
});

export function contactFrom(record: InferOutput<typeof contactRecord>, origin: string): Contact {
  const phones = (record.custom_fields_values ?? [])
    .filter(field => field.field_code === 'PHONE')
    .flatMap(field => field.values.map(({ value }) => value))
    .filter(value => typeof value === 'string' || typeof value === 'number')
    .map(String);
  return {
    id: String(record.id),
    name: record.name ?? '',
    ownerId: record.responsible_user_id ? String(record.responsible_user_id) : null,
    phones,
    address: `${origin}/contacts/detail/${record.id}`,
  };
}

export const tokenAnswer = object({ token: string() });

/** Error bodies differ: problem+json with `detail`, or a list of validation errors with their codes. */
export const problem = object({
  detail: optional(string()),
  'validation-errors': optional(array(object({ errors: array(object({ code: string() })) }))),
});
