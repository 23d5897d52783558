/** The account's channels as the service reports them now. */
import * as v from 'valibot';
import { askingChat, type ChatGiven, type ChatKey } from './asking.ts';

const channels = v.array(
  v.looseObject({
    state: v.pipe(v.string(), v.toLowerCase()),
    name: v.nullish(v.string(), ''),
    plainId: v.nullish(v.string(), ''),
  }),
);
/** `init` becomes `active` by itself. */
const WORKING: ReadonlySet<string> = new Set(['active', 'init']);

export type ChannelsNow = {
  readonly all: readonly unknown[];
  /** Names of the channels that carry no messages. */
  readonly down: readonly string[];
};

/** Throws `ChatUnavailable`, with KEY_REFUSED when the service no longer accepts the key. */
export async function channelsNow(connection: ChatKey, { api, ...given }: ChatGiven): Promise<ChannelsNow> {
  const all = (await askingChat(connection, given).read(`${api}/v3/channels`, channels)) ?? [];
  const down = all
    .filter(({ state }) => !WORKING.has(state))
    .map(({ name, plainId }) => name || plainId || '?')
    .toSorted();
  return { all, down };
}
