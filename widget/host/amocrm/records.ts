/**
 * The half of the host that sends requests to the CRM's server: API v4 on the page's own origin, with the person's own
 * rights.
 */
import { safeParse, string } from 'valibot';
import { object } from '../../http/object.ts';
import { words } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { createClient, type Client, type Explain } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { Pace } from '../../http/pace.ts';
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
  me,
  pace,
  closed,
}: {
  readonly origin: string;
  readonly integrationId: string;
  /** The current user of the page. If it changes, no more requests are sent. */
  readonly me?: () => string;
  readonly pace?: Pace;
  /** After this is aborted, no more requests are sent. */
  readonly closed?: AbortSignal | undefined;
}): HostRecords {
  const person = me?.();
  let isForeign = false;
  const isMine = (employeeId: string | undefined): boolean => {
    isForeign ||= person !== undefined && employeeId !== person;
    return !isForeign;
  };
  const client = createClient({
    service: 'crm',
    baseURL: origin,
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
    explain,
    pace,
    closed,
  });
  const ask: Client = async request => {
    if (!isMine(me?.())) throw new Failure('signed-out', 'crm');
    return client(request);
  };
  const { proof } = createProof(ask, integrationId, isMine);
  return {
    ...peopleThrough(ask),
    ...contactsThrough(ask, origin),
    ...dealsThrough(ask, origin),
    ...feedThrough(ask),
    ...ownerChangesThrough(ask),
    async proof(refused) {
      if (!isMine(me?.())) throw new Failure('signed-out', 'crm');
      return proof(refused);
    },
  };
}

/** Error bodies differ: problem+json with `detail`, or a list of validation errors with codes. */
const problem = object({
  detail: words,
  'validation-errors': listed(object({ errors: listed(object({ code: string() })) })),
});

/** Missing rights may come as 400 with this number in the text instead of 403. */
const NO_RIGHTS = /\b244\b/;

const explain: Explain = (status, body) => {
  const { success, output } = safeParse(problem, body);
  if (!success) return { reason: null };
  const [first] = output['validation-errors'].items.flatMap(({ errors }) => errors.items);
  const reason = first?.code ?? null;
  return status === 400 && NO_RIGHTS.test(output.detail) ? { reason: '244', code: 'forbidden' } : { reason };
};
