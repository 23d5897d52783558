/** amoCRM and Kommo report once that an account has switched us off. The call is signed but carries no time. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Integration } from '../oauth.ts';

export function disabledIn(query: URLSearchParams, integration: Integration): string | null {
  const accountId = query.get('account_id') ?? '';
  // amoCRM's documentation has one name, the help text of its form the other.
  const clientId = query.get('client_uuid') ?? query.get('client_id') ?? '';
  if (clientId !== integration.id) return null;
  return isSigned(query.get('signature') ?? '', accountId, integration) ? accountId : null;
}

function isSigned(signature: string, accountId: string, { id, secret }: Integration): boolean {
  const expected = createHmac('sha256', secret).update(`${id}|${accountId}`).digest();
  const given = Buffer.from(/^[0-9a-f]{64}$/i.test(signature) ? signature : '', 'hex');
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}
