/** The account's channels, and which of them carry no messages. */
import * as v from 'valibot';
import { askingChat, type ChatGiven } from './asking.ts';
import type { Connection } from './connection.ts';

const channels = v.array(
  v.looseObject({
    state: v.pipe(v.string(), v.toLowerCase()),
    name: v.nullish(v.string(), ''),
    plainId: v.nullish(v.string(), ''),
  }),
);
/** The second one comes to work by itself. */
const WORKING: ReadonlySet<string> = new Set(['active', 'init']);

/** Names of those that are down. Throws `ChatUnavailable` with KEY_REFUSED where the service takes the key no more. */
export async function channelsDown(
  connection: Connection,
  { api, ...given }: ChatGiven,
): Promise<readonly string[]> {
  const found = (await askingChat(connection, given).read(`${api}/v3/channels`, channels)) ?? [];
  return found
    .filter(({ state }) => !WORKING.has(state))
    .map(({ name, plainId }) => name || plainId || '?')
    .toSorted();
}
