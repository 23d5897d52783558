/**
 * The chat service behind the gateway. Its answers pass through, except those about the gateway's own key:
 * a page that got them would think that its token is bad.
 */
import type { GatewayConfig } from './config.ts';
import { refusal, Refused } from './refusal.ts';

const PATIENCE_MILLISECONDS = 15_000;
const PASSED_HEADERS = ['Content-Type', 'Retry-After'];

export type Asked = { readonly method: string; readonly path: string; readonly body?: string | undefined };

/**
 * Asks with the key in place of the token. Never asks twice. What the service answers comes back, or a
 * refusal with KEY_REFUSED, KEY_TOO_WEAK, SERVICE_TIMEOUT or SERVICE_UNREACHABLE.
 */
export async function ask({ wazzup }: GatewayConfig, { method, path, body }: Asked): Promise<Response> {
  const host = path === '/settings' ? wazzup.settings : wazzup.api;
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MILLISECONDS);
  try {
    const answer = await fetch(host + path, {
      method,
      headers: { Authorization: `Bearer ${wazzup.key}`, 'Content-Type': 'application/json' },
      signal: patience.signal,
      ...(body === undefined ? {} : { body }),
    });
    return passedOn(answer, await answer.text(), wazzup.key);
  } catch {
    return refusal(patience.signal.aborted ? 'SERVICE_TIMEOUT' : 'SERVICE_UNREACHABLE');
  } finally {
    clearTimeout(timer);
  }
}

/** As `ask`, for what the gateway itself needs to know: an unhappy answer ends the request. */
export async function askToRead(config: GatewayConfig, asked: Asked): Promise<string> {
  const answer = await ask(config, asked);
  if (!answer.ok) throw new Refused(answer);
  return answer.text();
}

function passedOn({ status, headers }: Response, text: string, key: string): Response {
  if (status === 401) return refusal('KEY_REFUSED');
  if (status === 403 && text.includes('FORBIDDEN')) return refusal('KEY_TOO_WEAK');
  // A service that quotes the request back would hand out the key.
  const withoutKey = (quoted: string): string => quoted.replaceAll(key, '***');
  const passed = new Headers();
  for (const name of PASSED_HEADERS) {
    const value = headers.get(name);
    if (value !== null) passed.set(name, withoutKey(value));
  }
  return new Response(text === '' ? null : withoutKey(text), { status, headers: passed });
}
