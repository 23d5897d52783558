/** Everybody who works here, for admins, and the pipelines of the account. Source: the CRM's API reference. */
import { array, boolean, nullish, number, optional, string, type InferOutput } from 'valibot';
import { object } from '../../http/object.ts';
import type { Employee } from '../../domain/employee.ts';
import type { Client } from '../../http/client.ts';
import type { HostRecords, Pipeline } from '../host.ts';

/** The CRM answers 250 people a page at most. */
const PAGE = 250;
/** 50,000 people: a bound against a server that never stops saying "next". */
const MOST_PAGES = 200;

const named = object({ id: number(), name: string() });

const userPage = object({
  _total_items: optional(number()),
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
const accountRecord = object({
  _embedded: object({ users_groups: array(named) }),
});

const pipelineList = object({
  _embedded: object({
    pipelines: array(object({ ...named.entries, _embedded: object({ statuses: array(named) }) })),
  }),
});

const EDITS: ReadonlyMap<string, Employee['editsContacts']> = new Map([
  ['A', 'all'],
  ['G', 'group'],
  ['M', 'own'],
  ['D', 'none'],
]);

export const peopleThrough = (ask: Client): Pick<HostRecords, 'employees' | 'pipelines'> => ({
  async employees({ signal, onProgress } = {}) {
    const account = await ask({
      method: 'GET',
      path: '/api/v4/account',
      query: { with: 'users_groups' },
      schema: accountRecord,
      signal,
    });
    const defaultGroup = account.value?._embedded.users_groups.find(({ id }) => id === 0)?.name ?? '';
    const employees: Employee[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { value } = await ask({
        method: 'GET',
        path: '/api/v4/users',
        query: { page, limit: PAGE, with: 'group' },
        schema: userPage,
        signal,
      });
      if (!value) break;
      const more = value._embedded.users.map(user => employeeFrom(user, defaultGroup));
      employees.push(...more);
      onProgress?.({ loaded: employees.length, of: value._total_items ?? null, more });
      if (value._embedded.users.length < PAGE || page === value._page_count) break;
    }
    return employees;
  },
  async pipelines(signal) {
    const { value } = await ask({
      method: 'GET',
      path: '/api/v4/leads/pipelines',
      schema: pipelineList,
      signal,
    });
    return (value?._embedded.pipelines ?? []).map(pipelineFrom);
  },
});

const employeeFrom = (user: WireUser, defaultGroup: string): Employee => ({
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

const pipelineFrom = ({
  id,
  name,
  _embedded,
}: InferOutput<typeof pipelineList>['_embedded']['pipelines'][number]): Pipeline => ({
  id: String(id),
  name,
  stages: _embedded.statuses.map(stage => ({ id: String(stage.id), name: stage.name })),
});
