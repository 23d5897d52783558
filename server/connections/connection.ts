/**
 * An account's connection to the chat service: its sealed key, and what the key was found to allow. The key leaves the server
 * only in requests to the chat service.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import { exchange, type Answered, type Bounds } from '../http/exchange.ts';
import type { Fetch } from '../http/fetch.ts';
import { keyKinds, type KeyKind } from '../chat/wazzup/key-kind.ts';
import { Refused } from '../http/refusal.ts';
import type { Database } from '../store/database.ts';
import { digestOf } from '../store/digest.ts';
import type { AccountSeal, OfAccount } from '../store/account-seal.ts';
import { connectedAgain, disconnected } from '../accounts/state.ts';
import { holdChannels } from './channels-held.ts';
import type { PartnerGrants, PartnerStanding } from './partner-grant.ts';
import type { RolesThrough } from './partner-roles.ts';

export type Connection = {
  readonly key: string;
  /** What the key allows, together with what an administrator has granted in addition. */
  readonly keyKind: KeyKind;
  /** Present when roles are read and written by another way than the key. */
  readonly roles?: RolesThrough;
};
export type ConnectionState = {
  /** The same as in `Connection`; null while nothing is connected. */
  readonly keyKind: KeyKind | null;
  readonly connectedAt: Date | null;
  /** Whether an administrator has allowed us to write roles, which the key alone does not. */
  readonly rolesLet: PartnerStanding;
};
export type Probed = {
  readonly keyKind: KeyKind;
  /** Shown to the administrator, who knows whose channels they are. */
  readonly channels: readonly unknown[];
};

export type Connections = {
  readonly of: (accountId: string) => Promise<Connection | null>;
  /** Does not open the key, so it also works when no key of the ring can. */
  readonly stateOf: (accountId: string) => Promise<ConnectionState>;
  /** Asks the service what the key allows. Throws `Refused` with KEY_NOT_TAKEN, or with the reason why this is unknown. */
  readonly look: (key: string) => Promise<Probed>;
  /**
   * Saves the key and returns whether it differs from the previous one. A different key replaces the previous one only with
   * `replaces`. Throws `Refused` with CONNECTED_ALREADY, or with KEY_IN_USE when another account has this key or another key of
   * the same chat account.
   */
  readonly keep: (accountId: string, key: string, found: Probed, replaces: boolean) => Promise<boolean>;
  /** Assigns the channels that the key opens now. False when another account has one of them. */
  readonly holds: (accountId: string, key: string, channels: readonly unknown[]) => Promise<boolean>;
  /** Called when the service has refused a write of roles, by either way. From now on they are shown and not written. */
  readonly cannotWriteRoles: (accountId: string) => Promise<void>;
  readonly disconnect: (accountId: string) => Promise<void>;
};

export type ConnectionsGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly fetch: Fetch;
  readonly hosts: { readonly api: string; readonly settings: string };
  /** Null when this server is not a partner of the service. */
  readonly partner: {
    readonly grants: Pick<PartnerGrants, 'end'>;
    readonly rolesOf: (accountId: string) => RolesThrough;
  } | null;
  readonly now: () => Date;
};

const BOUNDS: Bounds = { milliseconds: 15_000, bytes: 4_000_000, unreadable: 'SERVICE_UNREADABLE' };
const channels = v.pipe(v.string(), v.parseJson(), v.array(v.unknown()));
/** HTTP headers allow nothing else, and a letter of another alphabet is easily pasted. */
const PRINTABLE = /^[\x21-\x7e]+$/;
export const chatKeyBoundTo = (accountId: string): OfAccount => ({
  accountId,
  boundTo: `chat-key ${accountId}`,
});

export function createConnections(given: ConnectionsGiven): Connections {
  const { database, seal, fetch, hosts, partner, now } = given;

  const ask = (address: string, key: string): Promise<Answered> =>
    exchange(fetch, address, { headers: { Authorization: `Bearer ${key}` } }, BOUNDS).catch(
      (error: unknown) => {
        throw error instanceof Refused ? error : new Refused('SERVICE_UNREACHABLE');
      },
    );

  /**
   * Finds out by requests what a key allows, because a key does not say what kind it is. Only writing would show whether it may
   * write roles, so a key that reads roles is assumed to.
   */
  async function look(key: string): Promise<Probed> {
    if (!PRINTABLE.test(key)) throw new Refused('KEY_NOT_TAKEN');
    const first = await ask(`${hosts.api}/v3/channels`, key);
    if (first.status === 401) throw new Refused('KEY_NOT_TAKEN');
    const read = v.safeParse(channels, first.text);
    if (first.status !== 200 || !read.success) throw new Refused('SERVICE_UNREADABLE');
    const [users, settings] = [
      await ask(`${hosts.api}/v3/users`, key),
      await ask(`${hosts.settings}/settings`, key),
    ];
    if (isNoAnswer(users) || isNoAnswer(settings)) throw new Refused('SERVICE_UNREADABLE');
    const isSidecar = users.status === 403;
    const keyKind = isSidecar ? 'sidecar' : settings.status === 200 ? 'partner' : 'v3';
    return { keyKind, channels: read.output };
  }

  const rowOf = (accountId: string) =>
    database
      .selectFrom('chatConnection')
      .leftJoin('partnerGrant', 'partnerGrant.accountId', 'chatConnection.accountId')
      .select(['sealedKey', 'keyKind', 'connectedAt', 'isDead'])
      .where('chatConnection.accountId', '=', accountId)
      .executeTakeFirst();
  function standingIn({ isDead }: { readonly isDead: boolean | null }): PartnerStanding {
    if (isDead === null || !partner) return 'none';
    return isDead ? 'ended' : 'given';
  }

  return {
    async of(accountId) {
      const row = await rowOf(accountId);
      if (!row) return null;
      const key = await seal.open(row.sealedKey, chatKeyBoundTo(accountId));
      const isLet = partner && standingIn(row) === 'given';
      return isLet
        ? { key, keyKind: 'partner', roles: partner.rolesOf(accountId) }
        : { key, keyKind: v.parse(keyKinds, row.keyKind) };
    },
    async stateOf(accountId) {
      const row = await rowOf(accountId);
      if (!row) return { keyKind: null, connectedAt: null, rolesLet: 'none' };
      const rolesLet = standingIn(row);
      const keyKind = rolesLet === 'given' ? 'partner' : v.parse(keyKinds, row.keyKind);
      return { keyKind, connectedAt: row.connectedAt, rolesLet };
    },
    look,
    async keep(accountId, key, { keyKind, channels }, replaces) {
      const keyDigest = digestOf(key);
      const sealedKey = await seal.seal(key, chatKeyBoundTo(accountId));
      const values = { sealedKey, keyDigest, keyKind };
      const work = database.transaction().execute(async transaction => {
        // Comes first, so that a running purge sees it before it deletes anything more.
        await connectedAgain(transaction, accountId);
        const before = await transaction
          .selectFrom('chatConnection')
          .select('keyDigest')
          .where('accountId', '=', accountId)
          .forUpdate()
          .executeTakeFirst();
        // Checked before anything is written. Otherwise two accounts that swap their keys would wait for each other.
        const other = await transaction
          .selectFrom('chatConnection')
          .select('accountId')
          .where('keyDigest', '=', keyDigest)
          .where('accountId', '!=', accountId)
          .executeTakeFirst();
        if (other) throw new Refused('KEY_IN_USE');
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
        // The new key may belong to another chat account, to which the old grant does not apply.
        if (before?.keyDigest !== keyDigest)
          await transaction.deleteFrom('partnerGrant').where('accountId', '=', accountId).execute();
        if (!(await holdChannels(transaction, accountId, channels))) throw new Refused('KEY_IN_USE');
        return before?.keyDigest !== keyDigest;
      });
      return work.catch((error: unknown) => {
        throw isTaken(error) ? new Refused('KEY_IN_USE') : error;
      });
    },
    async holds(accountId, key, channels) {
      return database.transaction().execute(async transaction => {
        // When the key was replaced meanwhile, the channels are those of the new key.
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
      await partner?.grants.end(accountId);
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

/** An answer that says nothing about the key. If it counted as a no, it would be saved as what the key allows. */
const isNoAnswer = ({ status }: Answered): boolean => status === 429 || status >= 500;

/** PostgreSQL's unique_violation: it catches two accounts that connect with the same key at the same time. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';
