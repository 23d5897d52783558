/**
 * The marketplace's "Connect" (WAuth). The service sends the administrator's browser to us with a state. Our server sends that
 * state together with the secret of our registration, and receives a key of the administrator's account.
 *
 * The documentation of the last step breaks off after `secret`; that the answer's field is called `apiKey` is from memory.
 */
import * as v from 'valibot';
import { exchange, type Bounds } from '../../http/exchange.ts';
import type { Fetch } from '../../http/fetch.ts';
import { Refused } from '../../http/refusal.ts';

export type Marketplace = {
  /** As registered with our marketplace entry. */
  readonly secret: string;
  /** The page of the service's own cabinet on which people connect an integration. */
  readonly cabinet: string;
};

const BOUNDS: Bounds = { milliseconds: 15_000, bytes: 64_000, unreadable: 'SERVICE_UNREADABLE' };
const connected = v.pipe(v.string(), v.parseJson(), v.object({ apiKey: v.pipe(v.string(), v.minLength(8)) }));

/** Throws `Refused` with STATE_NOT_TAKEN, or with the reason why the result is unknown. */
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
