/** Sends one request to Pipedrive's API with one token. */
import { exchange, type Answered } from '../../http/exchange.ts';
import type { Fetch } from '../../http/fetch.ts';
import type { CrmAccess } from '../oauth.ts';

const PATIENCE_MILLISECONDS = 15_000;
/** The longest list has 500 persons with all their fields. */
const LIMIT_BYTES = 16_000_000;

/** Throws `NotSent` if the request was not sent, and any other error if the answer was lost. */
export const sendRequest = (
  fetch: Fetch,
  { host, token }: CrmAccess,
  {
    path,
    method = 'GET',
    body,
  }: { readonly path: string; readonly method?: string | undefined; readonly body?: unknown },
  patience: AbortSignal,
): Promise<Answered> =>
  exchange(
    fetch,
    `https://${host}/api/${path}`,
    {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        Accept: 'application/json',
        Authorization: `Bearer ${token}`,
        'User-Agent': 'crm-chat-roles/1',
      },
    },
    { milliseconds: PATIENCE_MILLISECONDS, bytes: LIMIT_BYTES, unreadable: 'CRM_UNREACHABLE', patience },
  );
