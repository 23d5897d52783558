/**
 * Which CRM account a chat account is connected to. The service may give several keys of one chat account and tells of none
 * whose it is; its channels' ids are the same whoever asks, so they say whether two accounts mean the same one. A channel is
 * held by one account, as long as it is connected.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Database } from '../../store/database.ts';
import { digestOf } from '../../store/digest.ts';

const channel = v.object({ channelId: v.pipe(v.string(), v.nonEmpty(), v.toLowerCase()) });

/** In order, so that two that come at once wait for each other in one place. */
const digestsOf = (channels: readonly unknown[]): readonly string[] =>
  [
    ...new Set(
      channels.flatMap(one => (v.is(channel, one) ? digestOf(v.parse(channel, one).channelId) : [])),
    ),
  ].toSorted();

/**
 * Has the account hold these channels and no others. False when another account holds one of them: the rest is held then, and
 * whoever does not want that rolls back. Without channels nothing can be held, and nothing is refused.
 */
export async function holdChannels(
  transaction: Database,
  accountId: string,
  channels: readonly unknown[],
): Promise<boolean> {
  const digests = digestsOf(channels);
  const own = transaction.deleteFrom('chatChannel').where('accountId', '=', accountId);
  if (digests.length === 0) {
    await own.execute();
    return true;
  }
  await own.where('digest', 'not in', digests).execute();
  // One that another account is just taking is waited for.
  const { rows } = await sql<{ digest: string }>`
    insert into chat_channel (digest, account_id)
    select digest, ${accountId} from jsonb_array_elements_text(${JSON.stringify(digests)}::jsonb) as digest order by digest
    on conflict (digest) do update set account_id = chat_channel.account_id
      where chat_channel.account_id = excluded.account_id
    returning digest
  `.execute(transaction);
  return rows.length === digests.length;
}
