/** All employees, for admins, and the pipelines of the account. Source: the CRM's API reference. */
import { nullish, optional, unknown, type InferOutput } from 'valibot';
import type { Employee } from '../../../domain/employee.ts';
import type { Client } from '../../http/client.ts';
import { distinct } from '../../http/distinct.ts';
import { flag, words } from '../../http/fields.ts';
import { envelope, listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import { readPages } from '../../http/pages.ts';
import type { HostRecords, Pipeline } from '../host.ts';
import { field, text } from './reading.ts';
import { crmId, readList, readPage } from './wire.ts';

/** The CRM returns at most 250 people per page. */
const PAGE = 250;
/** 50,000 people: a limit in case the server never stops returning a "next" page. */
const MOST_PAGES = 200;

const userRecord = object({
  id: crmId,
  name: words,
  email: words,
  rights: nullish(
    object({
      is_active: flag,
      is_admin: flag,
      is_free: flag,
      group_id: words,
      contacts: optional(unknown()),
    }),
    {},
  ),
  _embedded: nullish(object({ groups: listed(object({ name: words })) }), {}),
});
type WireUser = InferOutput<typeof userRecord>;

/** The default group of every account is part of the account only: its people are listed without a group. */
const accountRecord = envelope({
  _embedded: nullish(object({ users_groups: listed(object({ id: words, name: words })) }), {}),
});

const pipelineRecord = object({
  id: crmId,
  name: words,
  _embedded: nullish(object({ statuses: listed(object({ id: crmId, name: words })) }), {}),
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
    const groups = account.value?._embedded.users_groups.items ?? [];
    const defaultGroup = groups.find(({ id }) => id === '0')?.name ?? '';
    let total: number | null = null;
    return readPages({
      async read({ page }) {
        const part = await readPage(ask, 'users', userRecord, {
          path: '/api/v4/users',
          query: { page, limit: PAGE, with: 'group' },
          signal,
        });
        total = part.total ?? total;
        return { ...part, items: part.items.map(user => employeeFrom(user, defaultGroup)) };
      },
      keyOf: one => one.id,
      most: MOST_PAGES,
      onPage({ fresh, loaded }) {
        // People may have been hired since the CRM counted them.
        onProgress?.({ loaded, of: total === null ? null : Math.max(total, loaded), more: fresh });
      },
    });
  },
  async pipelines(signal) {
    const path = '/api/v4/leads/pipelines';
    const { items, notUnderstood } = await readList(ask, 'pipelines', pipelineRecord, { path, signal });
    return { items: distinct(items, one => one.id).map(pipelineFrom), notUnderstood };
  },
});

/** Employees count as active unless the CRM says otherwise, so that a missing field never frees anyone's clients. */
const employeeFrom = (user: WireUser, defaultGroup: string): Employee => {
  const { is_active, is_admin, is_free, group_id, contacts } = user.rights;
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    group: user._embedded.groups.items[0]?.name ?? defaultGroup,
    groupId: group_id || '0',
    active: is_active ?? true,
    admin: is_admin ?? false,
    free: is_free ?? false,
    editsContacts: is_admin ? 'all' : (EDITS.get(text(field(contacts, 'edit'))) ?? 'unknown'),
  };
};

const pipelineFrom = ({ id, name, _embedded }: InferOutput<typeof pipelineRecord>): Pipeline => ({
  id,
  name,
  stages: distinct(_embedded.statuses.items, stage => stage.id),
});
