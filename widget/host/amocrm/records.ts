/** The half of the host that asks the CRM's server: API v4 of the page's own origin, with the person's own rights. */
import { array, is, object, optional, string } from 'valibot';
import { createClient, type Explain } from '../../http/client.ts';
import type { HostRecords } from '../host.ts';
import { contactsThrough } from './contacts.ts';
import { dealsThrough } from './deals.ts';
import { feedThrough } from './feed.ts';
import { ownerChangesThrough } from './owner-changes.ts';
import { peopleThrough } from './people.ts';
import { createProof } from './proof.ts';

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
    ...peopleThrough(ask),
    ...contactsThrough(ask, origin),
    ...dealsThrough(ask, origin),
    ...feedThrough(ask),
    ...ownerChangesThrough(ask),
    proof: createProof(ask, integrationId),
  };
}

/** Error bodies differ: problem+json with `detail`, or a list of validation errors with their codes. */
const problem = object({
  detail: optional(string()),
  'validation-errors': optional(array(object({ errors: array(object({ code: string() })) }))),
});

/** Missing rights may come as 400 with this number in the text instead of 403. */
const NO_RIGHTS = /\b244\b/;

const explain: Explain = (status, body) => {
  if (!is(problem, body)) return { reason: null };
  const reason = body['validation-errors']?.[0]?.errors[0]?.code ?? null;
  return status === 400 && NO_RIGHTS.test(body.detail ?? '')
    ? { reason: '244', code: 'forbidden' }
    : { reason };
};
