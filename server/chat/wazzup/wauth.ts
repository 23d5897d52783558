/**
 * The marketplace's "Connect" (WAuth). The service sends the administrator's browser to us with a state; our server brings
 * that state and the secret with which we are registered, and gets a key of their account.
 *
 * The pages that describe the last step break off after `secret`; that its answer is called `apiKey` is from memory.
 */
import * as v from 'valibot';
import { exchange, type Bounds } from '../../http/exchange.ts';
import type { Fetch } from '../../http/fetch.ts';
import { Refused } from '../../http/refusal.ts';

export type Marketplace = {
  /** As it was registered with our entry. */
  readonly secret: string;
  /** Where people connect an integration in the service's own cabinet. */
  readonly cabinet: string;
};

const BOUNDS: Bounds = { milliseconds: 15_000, bytes: 64_000, unreadable: 'SERVICE_UNREADABLE' };
const connected = v.pipe(v.string(), v.parseJson(), v.object({ apiKey: v.pipe(v.string(), v.minLength(8)) }));

/** Throws `Refused` with STATE_NOT_TAKEN, or why it cannot tell. */
export async function keyFor(
  fetch: Fetch,
  { api }: { readonly api: string },
  { secret }: Marketplace,
  state: string,
): Promise<string> {
  const question = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ state, secret }),
  };
  const answer = await exchange(fetch, `${api}/v3/connect/`, question, BOUNDS).catch((error: unknown) => {
    throw error instanceof Refused ? error : new Refused('SERVICE_UNREACHABLE');
  });
  if (answer.status === 400) throw new Refused('STATE_NOT_TAKEN');
  const read = v.safeParse(connected, answer.text);
  if (!answer.ok || !read.success) throw new Refused('SERVICE_UNREADABLE');
  return read.output.apiKey;
}
