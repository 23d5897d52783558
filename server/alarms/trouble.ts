/**
 * Looks what is wrong with an account. Most of it stands in our own rows; whether the chat service takes the key and its
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
  /** Accounts that are to be looked at now. */
  readonly due: () => Promise<readonly string[]>;
  /** `standing`: what was wrong at the last look. It stays so where nobody can tell now. */
  readonly of: (
    accountId: string,
    standing: readonly Trouble[],
    leaving: AbortSignal,
  ) => Promise<readonly Trouble[]>;
};

export type TroublesGiven = {
  readonly database: Database;
  readonly connections: Connections;
  readonly fetch: Fetch;
  /** Of the chat service. */
  readonly api: string;
  /** Whether the chat service knows this server as its partner: else nobody can let it write roles again. */
  readonly isPartner: boolean;
  readonly now: () => Date;
};

const MINUTE_MILLISECONDS = 60_000;
const LOOK_MINUTES = 60;
/** Whoever has mended it is not told for another hour that it is broken. */
const LOOK_AGAIN_MINUTES = 10;
const WAITS_MINUTES = 15;
/** How much later than planned all clients may be compared. */
const CHECK_MINUTES = 120;
/** Whoever has mended it hears nothing more of it a day later. */
const FOUGHT_MINUTES = 24 * 60;

/** What only the chat service can tell. */
const OF_CHANNELS: ReadonlySet<Trouble['kind']> = new Set(['key-refused', 'channel-down', 'shared']);

const isLate = (dueBefore: Date) => sql<boolean>`
  key_kind <> 'sidecar' and (clients_due_at < ${dueBefore} or exists (
    select from lane where lane.account_id = account.id and urgency = 0 and wanted > done and dead_at is null
      and ${IS_COPY}
      and hinted_at < now() - make_interval(mins => ${WAITS_MINUTES})
  ))
`;

/** Where the server is no longer a partner, a dead grant is no trouble. */
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

  /** One instance looks. False while it is too early to look again. */
  async function isLooked(accountId: string, minutes: number): Promise<boolean> {
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

  /** Null where the service does not tell. */
  async function ofChannels(accountId: string, leaving: AbortSignal): Promise<readonly Trouble[] | null> {
    const connection = await connections.of(accountId);
    if (!connection) return [];
    try {
      const { all, down } = await channelsNow(connection, { fetch, api, leaving });
      const found: Trouble[] = [];
      // Both may have been connected while there were no channels yet.
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
    async of(accountId, standing, leaving) {
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
      const before = standing.filter(({ kind }) => OF_CHANNELS.has(kind));
      const every = before.length > 0 ? LOOK_AGAIN_MINUTES : LOOK_MINUTES;
      const told = (await isLooked(accountId, every)) ? await ofChannels(accountId, leaving) : null;
      const found = [...(told ?? before)];
      if (kept.isFought) found.push({ kind: 'fought', channels: [] });
      if (kept.isRolesEnded && isPartner) found.push({ kind: 'roles-ended', channels: [] });
      if (kept.hooksRefused) found.push({ kind: 'hooks-off', channels: [] });
      // Without a key the copy is late because of it, and one reason is enough.
      if (kept.isLate && !found.some(({ kind }) => kind === 'key-refused'))
        found.push({ kind: 'late', channels: [] });
      return found;
    },
  };
}
