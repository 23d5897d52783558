/**
 * Checks what is wrong with an account. Most of it is in our own rows. Whether the chat service accepts the key and whether its
 * channels work is asked once an hour, and more often while they do not.
 */
import { sql } from 'kysely';
import { ChatUnavailable } from '../chat/wazzup/asking.ts';
import { channelsNow } from '../chat/wazzup/channels.ts';
import type { Connections } from '../connections/connection.ts';
import type { Fetch } from '../http/fetch.ts';
import { IS_COPY } from '../claims/claim-lane.ts';
import type { Database } from '../store/database.ts';
import type { Trouble } from './kind.ts';

export type Troubles = {
  /** Accounts to check now. */
  readonly due: () => Promise<readonly string[]>;
  /** `previous`: what was wrong at the last check. It counts as still wrong when this cannot be checked now. */
  readonly of: (
    accountId: string,
    previous: readonly Trouble[],
    leaving: AbortSignal,
  ) => Promise<readonly Trouble[]>;
};

export type TroublesGiven = {
  readonly database: Database;
  readonly connections: Connections;
  readonly fetch: Fetch;
  /** The host of the chat service's API. */
  readonly api: string;
  /** Whether this server is a partner of the chat service. If not, no administrator can let it write roles again. */
  readonly isPartner: boolean;
  readonly now: () => Date;
};

const MINUTE_MILLISECONDS = 60_000;
const LOOK_MINUTES = 60;
/** Trouble is checked more often, so that one that was fixed is not reported for another hour. */
const LOOK_AGAIN_MINUTES = 10;
const WAITS_MINUTES = 15;
/** How much later than planned all clients may be compared. */
const CHECK_MINUTES = 120;
/** Once it was fixed, the trouble is reported for at most a day. */
const FOUGHT_MINUTES = 24 * 60;

/** Trouble that only the chat service can report. */
const OF_CHANNELS: ReadonlySet<Trouble['kind']> = new Set(['key-refused', 'channel-down', 'shared']);

const isLate = (dueBefore: Date) => sql<boolean>`
  key_kind <> 'sidecar' and (clients_due_at < ${dueBefore} or exists (
    select from lane where lane.account_id = account.id and urgency = 0 and wanted > done and dead_at is null
      and ${IS_COPY}
      and hinted_at < now() - make_interval(mins => ${WAITS_MINUTES})
  ))
`;

/** The caller ignores this when the server is not a partner: then an ended grant is no trouble. */
const isRolesEnded = sql<boolean>`
  exists (select from partner_grant where partner_grant.account_id = account.id and is_dead)
`;

const isFought = (since: Date) => sql<boolean>`
  exists (
    select from claimed_client where claimed_client.account_id = account.id and fought_at > ${since.getTime() / 1000}
  )
`;

export function createTroubles({
  database,
  connections,
  fetch,
  api,
  isPartner,
  now,
}: TroublesGiven): Troubles {
  const ago = (minutes: number): Date => new Date(now().getTime() - minutes * MINUTE_MILLISECONDS);

  /** Lets one instance check. False while it is too early to check again. */
  async function startsCheck(accountId: string, minutes: number): Promise<boolean> {
    const taken = await database
      .updateTable('account')
      .set({ channelsLookedAt: now() })
      .where('id', '=', accountId)
      .where(({ or, eb }) =>
        or([eb('channelsLookedAt', 'is', null), eb('channelsLookedAt', '<=', ago(minutes))]),
      )
      .returning('id')
      .executeTakeFirst();
    return taken !== undefined;
  }

  /** Null when the service does not answer. */
  async function ofChannels(accountId: string, leaving: AbortSignal): Promise<readonly Trouble[] | null> {
    const connection = await connections.of(accountId);
    if (!connection) return [];
    try {
      const { all, down } = await channelsNow(connection, { fetch, api, leaving });
      const found: Trouble[] = [];
      // Both accounts may have been connected while there were no channels yet.
      if (!(await connections.holds(accountId, connection.key, all)))
        found.push({ kind: 'shared', channels: [] });
      if (down.length > 0) found.push({ kind: 'channel-down', channels: down });
      return found;
    } catch (error) {
      if (!(error instanceof ChatUnavailable)) throw error;
      return error.code === 'KEY_REFUSED' ? [{ kind: 'key-refused', channels: [] }] : null;
    }
  }

  return {
    async due() {
      const { rows } = await sql<{ id: string }>`
        select account.id from account left join chat_connection on chat_connection.account_id = account.id
        where case state
          when 'active' then exists (select from alarm where alarm.account_id = account.id)
            or key_kind is not null and (channels_looked_at is null or channels_looked_at <= ${ago(LOOK_MINUTES)}
              or hooks_refused or ${isLate(ago(CHECK_MINUTES))})
            or ${isFought(ago(FOUGHT_MINUTES))}
          when 'needs-reauth' then key_kind is not null and not exists (
            select from alarm where alarm.account_id = account.id and kind = 'needs-reauth'
          )
          else false end
        order by channels_looked_at nulls first limit 1000
      `.execute(database);
      return rows.map(({ id }) => id);
    },
    async of(accountId, previous, leaving) {
      const { rows } = await sql<{
        hooksRefused: boolean;
        isLate: boolean;
        isFought: boolean;
        isRolesEnded: boolean;
      }>`
        select hooks_refused as "hooksRefused", coalesce(${isLate(ago(CHECK_MINUTES))}, false) as "isLate",
          ${isFought(ago(FOUGHT_MINUTES))} as "isFought", ${isRolesEnded} as "isRolesEnded"
        from account join chat_connection on chat_connection.account_id = account.id where account.id = ${accountId}
      `.execute(database);
      const [kept] = rows;
      if (!kept) return [];
      const before = previous.filter(({ kind }) => OF_CHANNELS.has(kind));
      const every = before.length > 0 ? LOOK_AGAIN_MINUTES : LOOK_MINUTES;
      const fresh = (await startsCheck(accountId, every)) ? await ofChannels(accountId, leaving) : null;
      const found = [...(fresh ?? before)];
      if (kept.isFought) found.push({ kind: 'fought', channels: [] });
      if (kept.isRolesEnded && isPartner) found.push({ kind: 'roles-ended', channels: [] });
      if (kept.hooksRefused) found.push({ kind: 'hooks-off', channels: [] });
      // Without a working key the copy is late for that reason, and one reason is enough.
      if (kept.isLate && !found.some(({ kind }) => kind === 'key-refused'))
        found.push({ kind: 'late', channels: [] });
      return found;
    },
  };
}
