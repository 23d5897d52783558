/**
 * The CRM's one-time token: a statement of the user's identity, signed for the integration's own server. It is valid
 * for 30 minutes, stored in memory only, and requested once for any number of concurrent requests. A token for another
 * user is discarded: that user has logged in next to this page.
 */
import { string } from 'valibot';
import { object } from '../../http/object.ts';
import { path, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { HostRecords } from '../host.ts';
import { field, text } from './reading.ts';

const tokenAnswer = object({ token: string() });

/** Well before the token expires. Measured with a monotonic clock. */
const KEEP_MS = 20 * 60_000;

export function createProof(
  ask: Client,
  integrationId: string,
  isMine: (employeeId: string) => boolean,
): Pick<HostRecords, 'proof'> {
  let cached: { readonly token: Promise<string>; readonly until: number } | null = null;
  const fetchToken = async (): Promise<string> => {
    const { value } = await ask({
      method: 'GET',
      path: path`/ajax/v2/integrations/${integrationId}/disposable_token`,
      schema: tokenAnswer,
    });
    if (!value) throw new Failure('unreadable', 'crm');
    const employeeId = employeeIn(value.token);
    if (employeeId !== '' && !isMine(employeeId)) throw new Failure('signed-out', 'crm');
    return value.token;
  };
  const fresh = (): NonNullable<typeof cached> => {
    const mine = { token: fetchToken(), until: performance.now() + KEEP_MS };
    mine.token.catch(() => {
      if (cached === mine) cached = null;
    });
    return mine;
  };
  return {
    async proof(refused) {
      const known = cached;
      if (known && performance.now() < known.until && (await known.token) !== refused) return known.token;
      // An earlier caller has already replaced it.
      if (cached === null || cached === known) cached = fresh();
      return cached.token;
    },
  };
}

/** The employee named in the token; empty if it cannot be read. The gateway decides whether the token is valid. */
function employeeIn(token: string): string {
  try {
    const claims = token.split('.')[1] ?? '';
    return text(field(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))), 'user_id'));
  } catch {
    return '';
  }
}
