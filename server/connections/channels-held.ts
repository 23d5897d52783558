/**
 * Makes sure that a chat account is connected to only one CRM account. The service may issue several keys for a chat account,
 * and does not say which account a key belongs to. The ids of its channels are the same for every key, so they show whether two
 * CRM accounts use the same chat account. A channel belongs to one CRM account for as long as that account is connected.
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
 * Assigns exactly these channels to the account. Returns false when another account has one of them; the rest is assigned then,
 * and a caller that does not want this rolls back. Without channels there is nothing to assign and nothing to refuse.
 *
 * It inserts first, in the same order for everyone, and deletes afterwards. A waiting transaction therefore waits only for one
 * that inserts the same channel or that only deletes, so two accounts that swap their chat accounts at the same time never
 * deadlock.
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
