/**
 * The marketplace's "Connect" (WAuth). The service sends the administrator's browser to us with a state; our server brings
 * that state and the secret with which we are registered, and gets a key of their account.
 *
 * The pages that describe the last step break off after `secret`; that its answer is called `apiKey` is from memory.
 */
import * as v from 'valibot';
import type { Fetch } from '../../fetch.ts';
import { textWithin } from '../../gateway/body.ts';
import { Refused } from '../../gateway/refusal.ts';

export type Marketplace = {
  /** As it was registered with our entry. */
  readonly secret: string;
  /** Where people connect an integration in the service's own cabinet. */
  readonly cabinet: string;
};

const PATIENCE_MILLISECONDS = 15_000;
const LIMIT_BYTES = 64_000;
const connected = v.pipe(v.string(), v.parseJson(), v.object({ apiKey: v.pipe(v.string(), v.minLength(8)) }));

/** Throws `Refused` with STATE_NOT_TAKEN, or why it cannot tell. */
export async function keyFor(
  fetch: Fetch,
  { api }: { readonly api: string },
  { secret }: Marketplace,
  state: string,
): Promise<string> {
  const request = new Request(`${api}/v3/connect/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ state, secret }),
    // Whatever it leads to would get the secret.
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  });
  const answer = await fetch(request).catch(() => {
    throw new Refused('SERVICE_UNREACHABLE');
  });
  const text = await textWithin(answer.body, LIMIT_BYTES, 'SERVICE_UNREADABLE');
  if (answer.status === 400) throw new Refused('STATE_NOT_TAKEN');
  const read = v.safeParse(connected, text);
  if (!answer.ok || !read.success) throw new Refused('SERVICE_UNREADABLE');
  return read.output.apiKey;
}
