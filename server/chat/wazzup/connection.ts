/**
 * An account's connection to the chat service: its key, sealed, and what the key was found to open. The key goes in and never
 * comes out again but in a request to the service.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import { exchange, type Answered, type Bounds } from '../../exchange.ts';
import type { Fetch } from '../../fetch.ts';
import { keyKinds, type KeyKind } from '../../gateway/config.ts';
import { Refused } from '../../gateway/refusal.ts';
import type { Database } from '../../store/database.ts';
import { digestOf } from '../../store/digest.ts';
import type { Seal } from '../../store/seal.ts';
import { connectedAgain, disconnected } from '../../accounts/state.ts';
import { holdChannels } from './channels-held.ts';

export type Connection = { readonly key: string; readonly keyKind: KeyKind };
export type ConnectionState =
  | { readonly keyKind: KeyKind; readonly connectedAt: Date }
  | { readonly keyKind: null; readonly connectedAt: null };
export type Probed = {
  readonly keyKind: KeyKind;
  /** Shown to the administrator, who knows whose they are. */
  readonly channels: readonly unknown[];
};

export type Connections = {
  readonly of: (accountId: string) => Promise<Connection | null>;
  /** Without the key, so also when no key of the ring opens it any more. */
  readonly stateOf: (accountId: string) => Promise<ConnectionState>;
  /** Asks the service what the key opens. Throws `Refused` with KEY_NOT_TAKEN or why it cannot tell. */
  readonly look: (key: string) => Promise<Probed>;
  /**
   * Keeps the key, and answers whether it is another one than before. Another one gives way only to somebody who `replaces`
   * it. Throws `Refused` with KEY_IN_USE, also for another key of a chat account that is taken, or CONNECTED_ALREADY.
   */
  readonly keep: (accountId: string, key: string, found: Probed, replaces: boolean) => Promise<boolean>;
  /** What the key opens now. False when another account holds one of these channels. */
  readonly holds: (accountId: string, key: string, channels: readonly unknown[]) => Promise<boolean>;
  /** The service has refused a write of roles: from now on they are shown and not written. */
  readonly cannotWriteRoles: (accountId: string) => Promise<void>;
  readonly disconnect: (accountId: string) => Promise<void>;
};

export type ConnectionsGiven = {
  readonly database: Database;
  readonly seal: Seal;
  readonly fetch: Fetch;
  readonly hosts: { readonly api: string; readonly settings: string };
  readonly now: () => Date;
};

const BOUNDS: Bounds = { milliseconds: 15_000, bytes: 4_000_000, unreadable: 'SERVICE_UNREADABLE' };
const channels = v.pipe(v.string(), v.parseJson(), v.array(v.unknown()));
export const chatKeyBoundTo = (accountId: string): string => `chat-key ${accountId}`;

export function createConnections({ database, seal, fetch, hosts, now }: ConnectionsGiven): Connections {
  const ask = (address: string, key: string): Promise<Answered> =>
    exchange(fetch, address, { headers: { Authorization: `Bearer ${key}` } }, BOUNDS).catch(
      (error: unknown) => {
        throw error instanceof Refused ? error : new Refused('SERVICE_UNREACHABLE');
      },
    );

  /**
   * What a key opens is known by asking: a key does not say what kind it is. Whether it writes roles is known only by writing
   * them, so one that reads them is taken to.
   */
  async function look(key: string): Promise<Probed> {
    const first = await ask(`${hosts.api}/v3/channels`, key);
    if (first.status === 401) throw new Refused('KEY_NOT_TAKEN');
    const read = v.safeParse(channels, first.text);
    if (first.status !== 200 || !read.success) throw new Refused('SERVICE_UNREADABLE');
    const [users, settings] = [
      await ask(`${hosts.api}/v3/users`, key),
      await ask(`${hosts.settings}/settings`, key),
    ];
    const isSidecar = users.status === 403;
    const keyKind = isSidecar ? 'sidecar' : settings.status === 200 ? 'partner' : 'v3';
    return { keyKind, channels: read.output };
  }

  return {
    async of(accountId) {
      const row = await database
        .selectFrom('chatConnection')
        .select(['sealedKey', 'keyKind'])
        .where('accountId', '=', accountId)
        .executeTakeFirst();
      if (!row) return null;
      return {
        key: await seal.open(row.sealedKey, chatKeyBoundTo(accountId)),
        keyKind: v.parse(keyKinds, row.keyKind),
      };
    },
    async stateOf(accountId) {
      const row = await database
        .selectFrom('chatConnection')
        .select(['keyKind', 'connectedAt'])
        .where('accountId', '=', accountId)
        .executeTakeFirst();
      return row
        ? { keyKind: v.parse(keyKinds, row.keyKind), connectedAt: row.connectedAt }
        : { keyKind: null, connectedAt: null };
    },
    look,
    async keep(accountId, key, { keyKind, channels }, replaces) {
      const keyDigest = digestOf(key);
      const sealedKey = await seal.seal(key, chatKeyBoundTo(accountId));
      const values = { sealedKey, keyDigest, keyKind };
      const work = database.transaction().execute(async transaction => {
        const before = await transaction
          .selectFrom('chatConnection')
          .select('keyDigest')
          .where('accountId', '=', accountId)
          .executeTakeFirst();
        const kept = await transaction
          .insertInto('chatConnection')
          .values({ accountId, ...values })
          .onConflict(conflict =>
            conflict
              .column('accountId')
              .doUpdateSet({ ...values, connectedAt: sql<Date>`now()` })
              .where(({ eb, or, val }) =>
                or([eb('chatConnection.keyDigest', '=', keyDigest), eb(val(replaces), '=', true)]),
              ),
          )
          .returning('accountId')
          .executeTakeFirst();
        if (!kept) throw new Refused('CONNECTED_ALREADY');
        if (!(await holdChannels(transaction, accountId, channels))) throw new Refused('KEY_IN_USE');
        await connectedAgain(transaction, accountId);
        return before?.keyDigest !== keyDigest;
      });
      return work.catch((error: unknown) => {
        throw isTaken(error) ? new Refused('KEY_IN_USE') : error;
      });
    },
    async holds(accountId, key, channels) {
      return database.transaction().execute(async transaction => {
        // Whoever replaces the key meanwhile holds the channels of theirs.
        const current = await transaction
          .selectFrom('chatConnection')
          .select('accountId')
          .where('accountId', '=', accountId)
          .where('keyDigest', '=', digestOf(key))
          .forUpdate()
          .executeTakeFirst();
        return !current || holdChannels(transaction, accountId, channels);
      });
    },
    async cannotWriteRoles(accountId) {
      await database
        .updateTable('chatConnection')
        .set({ keyKind: 'v3' })
        .where('accountId', '=', accountId)
        .where('keyKind', '=', 'partner')
        .execute();
    },
    async disconnect(accountId) {
      await database.deleteFrom('chatConnection').where('accountId', '=', accountId).execute();
      await disconnected(database, accountId, now());
    },
  };
}

/** PostgreSQL's word for a value that may stand once and stands already: two accounts that connect at once are told apart by it. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';
