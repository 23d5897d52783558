/**
 * Which CRM account a chat account is connected to. The service may give several keys of one chat account and tells of none
 * whose it is; its channels' ids are the same whoever asks, so they say whether two accounts mean the same one. A channel is
 * held by one account, as long as it is connected.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Database } from '../store/database.ts';
import { digestOf } from '../store/digest.ts';

const channel = v.object({ channelId: v.pipe(v.string(), v.nonEmpty(), v.toLowerCase()) });

const digestsOf = (channels: readonly unknown[]): readonly string[] => [
  ...new Set(channels.flatMap(one => (v.is(channel, one) ? digestOf(v.parse(channel, one).channelId) : []))),
];

/**
 * Has the account hold these channels and no others. False when another account holds one of them: the rest is held then, and
 * whoever does not want that rolls back. Without channels nothing can be held, and nothing is refused.
 *
 * It takes first, in one order for all, and then lets go. So whoever waits does so for somebody who takes the same channel, or
 * who only lets go: two accounts that swap their chat accounts at once never wait for each other.
 */
export async function holdChannels(
  transaction: Database,
  accountId: string,
  channels: readonly unknown[],
): Promise<boolean> {
  const digests = digestsOf(channels);
  const wanted = sql`(select jsonb_array_elements_text(${JSON.stringify(digests)}::jsonb))`;
  await sql`
    insert into chat_channel (digest, account_id)
    select digest, ${accountId} from ${wanted} as wanted (digest) order by digest
    on conflict (digest) do nothing
  `.execute(transaction);
  await sql`delete from chat_channel where account_id = ${accountId} and digest not in ${wanted}`.execute(
    transaction,
  );
  const held = await transaction
    .selectFrom('chatChannel')
    .select('digest')
    .where('accountId', '=', accountId)
    .execute();
  return held.length === digests.length;
}
