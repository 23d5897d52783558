/**
 * Requests to the chat service. Its answers pass through, except errors about the gateway's own key, which a page would take
 * for errors about its token.
 */
import { exchange, inTime, Late, type Answered } from '../http/exchange.ts';
import type { Asking, GatewayConfig, Within } from './config.ts';
import { refusal, Refused } from '../http/refusal.ts';

const PATIENCE_MILLISECONDS = 15_000;
/** The time for everything that one request of a page causes. The page waits longer than this, so it learns the outcome. */
const WHOLE_PATIENCE_MILLISECONDS = 20_000;
/**
 * The size limit of a decompressed answer. The service's longest lists, a hundred contacts or all roles, have less than four
 * million bytes.
 */
const LIMIT_BYTES = 16_000_000;
const PASSED_HEADERS = ['Content-Type', 'Retry-After'];

export type Asked = { readonly method: string; readonly path: string; readonly body?: string | undefined };

/** Aborts what is still being asked when the time for the whole is over. */
export const answerInTime = (
  config: GatewayConfig,
  answer: (config: Within) => Promise<Response>,
): Promise<Response> =>
  inTime(WHOLE_PATIENCE_MILLISECONDS, undefined, patience => answer({ ...config, patience }));

/**
 * Sends a request with the key in place of the token, and never twice. Returns the service's answer, or a refusal with
 * KEY_REFUSED, KEY_TOO_WEAK, SERVICE_TIMEOUT or SERVICE_UNREACHABLE.
 */
export async function ask(
  { wazzup, patience, fetch = globalThis.fetch }: Asking,
  { method, path, body }: Asked,
): Promise<Response> {
  const host = path === '/settings' ? wazzup.settings : wazzup.api;
  try {
    const answer = await exchange(
      fetch,
      host + path,
      {
        method,
        headers: { Authorization: `Bearer ${wazzup.key}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      },
      { milliseconds: PATIENCE_MILLISECONDS, bytes: LIMIT_BYTES, unreadable: 'SERVICE_UNREADABLE', patience },
    );
    return passedOn(answer, wazzup.key);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    return refusal(error instanceof Late ? 'SERVICE_TIMEOUT' : 'SERVICE_UNREACHABLE');
  }
}

function passedOn({ status, headers, text }: Answered, key: string): Response {
  if (status === 401) return refusal('KEY_REFUSED');
  if (status === 403 && text.includes('FORBIDDEN')) return refusal('KEY_TOO_WEAK');
  // A service that quotes the request would otherwise reveal the key.
  const withoutKey = (quoted: string): string => quoted.replaceAll(key, '***');
  const passed = new Headers();
  for (const name of PASSED_HEADERS) {
    const value = headers.get(name);
    if (value !== null) passed.set(name, withoutKey(value));
  }
  return new Response(text === '' ? null : withoutKey(text), { status, headers: passed });
}
