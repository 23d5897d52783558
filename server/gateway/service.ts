/**
 * The chat service behind the gateway. Its answers pass through, except those about the gateway's own key:
 * a page that got them would think that its token is bad.
 */
import type { GatewayConfig, Within } from './config.ts';
import { textWithin } from './body.ts';
import { refusal, Refused } from './refusal.ts';

const PATIENCE_MILLISECONDS = 15_000;
/** For all that one request of a page makes the gateway ask. The page waits longer, so it hears how it ended. */
const WHOLE_PATIENCE_MILLISECONDS = 20_000;
/** Decompressed. The longest list of the service, a page of a hundred contacts or all roles, has under four. */
const LIMIT_BYTES = 16_000_000;
const PASSED_HEADERS = ['Content-Type', 'Retry-After'];

export type Asked = { readonly method: string; readonly path: string; readonly body?: string | undefined };

/** Ends what is still asked when the time for the whole is over. */
export async function inTime(
  config: GatewayConfig,
  answer: (config: Within) => Promise<Response>,
): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), WHOLE_PATIENCE_MILLISECONDS);
  try {
    return await answer({ ...config, patience: patience.signal });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks with the key in place of the token. Never asks twice. What the service answers comes back, or a
 * refusal with KEY_REFUSED, KEY_TOO_WEAK, SERVICE_TIMEOUT or SERVICE_UNREACHABLE.
 */
export async function ask(
  { wazzup, patience: whole, fetch = globalThis.fetch }: Within,
  { method, path, body }: Asked,
): Promise<Response> {
  const host = path === '/settings' ? wazzup.settings : wazzup.api;
  const patience = new AbortController();
  const giveUp = (): void => patience.abort();
  const timer = setTimeout(giveUp, PATIENCE_MILLISECONDS);
  whole.addEventListener('abort', giveUp);
  if (whole.aborted) giveUp();
  try {
    const request = new Request(host + path, {
      method,
      headers: { Authorization: `Bearer ${wazzup.key}`, 'Content-Type': 'application/json' },
      signal: patience.signal,
      // Whoever the service would send us to gets neither the key nor a body.
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    const answer = await fetch(request);
    if (isRedirect(answer)) return refusal('SERVICE_UNREADABLE');
    const text = await textWithin(answer.body, LIMIT_BYTES, 'SERVICE_UNREADABLE');
    return passedOn(answer, text, wazzup.key);
  } catch (error) {
    if (error instanceof Refused) {
      patience.abort();
      return error.answer;
    }
    return refusal(patience.signal.aborted ? 'SERVICE_TIMEOUT' : 'SERVICE_UNREACHABLE');
  } finally {
    clearTimeout(timer);
    whole.removeEventListener('abort', giveUp);
  }
}

/** A browser shows a redirect that it does not follow as one without a status. */
const isRedirect = ({ status, type }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400);

/** As `ask`, for what the gateway itself needs to know: an answer that is no success ends the request. */
export async function askToRead(config: Within, asked: Asked): Promise<string> {
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
