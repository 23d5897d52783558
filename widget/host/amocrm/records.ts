/** The half of the host that asks the CRM's server: API v4 of the page's own origin, with the person's own rights. */
import { is } from 'valibot';
import { createClient, path, type Client, type Explain } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { Employee } from '../../domain/employee.ts';
import type { HostRecords } from '../host.ts';
import { ownerChangesSince } from './owner-changes.ts';
import { createProof } from './proof.ts';
import {
  accountRecord,
  contactFrom,
  contactRecord,
  employeeFrom,
  pipelineList,
  pipelinesFrom,
  problem,
  userPage,
} from './wire.ts';

/** The CRM answers 250 people a page at most. */
const PAGE = 250;
/** 50,000 people: a bound against a server that never stops saying "next". */
const MOST_PAGES = 200;

/** Missing rights may come as 400 with this number in the text instead of 403. */
const NO_RIGHTS = /\b244\b/;

export function amocrmRecords({
  origin,
  integrationId,
}: {
  readonly origin: string;
  readonly integrationId: string;
}): HostRecords {
  const ask = createClient({
    service: 'crm',
    baseURL: origin,
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
    explain,
  });
  return {
    employees: options => allEmployees(ask, options),
    async pipelines(signal) {
      const { value } = await ask({
        method: 'GET',
        path: '/api/v4/leads/pipelines',
        schema: pipelineList,
        signal,
      });
      return value ? pipelinesFrom(value) : [];
    },
    async contact(contactId, signal) {
      const { value } = await ask({
        method: 'GET',
        path: path`/api/v4/contacts/${contactId}`,
        schema: contactRecord,
        signal,
      });
      if (!value || value.is_deleted) throw new Failure('missing', 'crm');
      return contactFrom(value, origin);
    },
    async setOwner(contactId, ownerId) {
      // Only the changed field: echoing others back can be refused. The answer never tells the responsible.
      await ask({
        method: 'PATCH',
        path: path`/api/v4/contacts/${contactId}`,
        body: { responsible_user_id: Number(ownerId) },
      });
    },
    ownerChangesSince: (unixSeconds, options) => ownerChangesSince(ask, unixSeconds, options?.signal),
    proof: createProof(ask, integrationId),
  };
}

async function allEmployees(
  ask: Client,
  { signal, onProgress }: NonNullable<Parameters<HostRecords['employees']>[0]> = {},
): Promise<readonly Employee[]> {
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
    employees.push(...value._embedded.users.map(user => employeeFrom(user, defaultGroup)));
    onProgress?.(employees.length);
    if (value._embedded.users.length < PAGE || page === value._page_count) break;
  }
  return employees;
}

const explain: Explain = (status, body) => {
  if (!is(problem, body)) return { reason: null };
  const reason = body['validation-errors']?.[0]?.errors[0]?.code ?? null;
  return status === 400 && NO_RIGHTS.test(body.detail ?? '')
    ? { reason: '244', code: 'forbidden' }
    : { reason };
};
