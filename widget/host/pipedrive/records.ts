/**
 * The half of the host that asks the CRM, through our server, because the CRM's tokens never leave it. The server passes
 * on a short list of requests with the person's own rights, and returns the CRM's answers.
 */
import { createClient, type Explain } from '../../http/client.ts';
import { proven } from '../../http/proven.ts';
import type { HostPage, HostRecords } from '../host.ts';
import { dealsThrough } from './deals.ts';
import { feedThrough } from './feed.ts';
import { ownerChangesThrough } from './owner-changes.ts';
import { peopleThrough } from './people.ts';
import { personsThrough } from './persons.ts';
import { readIn } from './ids.ts';

export function pipedriveRecords({
  gateway,
  page,
  proof,
  closed,
}: {
  /** Our server. */
  readonly gateway: string;
  readonly page: Pick<HostPage, 'origin' | 'employee'>;
  readonly proof: HostRecords['proof'];
  /** No requests are sent after it is aborted. */
  readonly closed?: AbortSignal | undefined;
}): HostRecords {
  const client = createClient({ service: 'crm', baseURL: `${gateway}/crm`, headers: {}, explain, closed });
  const ask = proven(client, proof);
  const { ofDeal, ...persons } = personsThrough(ask, page.origin);
  return {
    ...peopleThrough(ask, page),
    ...persons,
    ...dealsThrough(ask, page.origin, { ...persons, ofDeal }),
    ...feedThrough(ask),
    ...ownerChangesThrough(ask),
    proof,
  };
}

/** Our server's own refusals have a code. The CRM's are sentences that may contain names, so they are dropped. */
const explain: Explain = (_status, body) => {
  const code = readIn(body, 'error');
  if (typeof code !== 'string' || !/^[A-Z]+(?:_[A-Z]+)+$/.test(code)) return { reason: null };
  const needsConsent = code === 'GRANT_MISSING' || code === 'CRM_NEEDS_REAUTH';
  return needsConsent ? { reason: code, code: 'signed-out' } : { reason: code };
};
