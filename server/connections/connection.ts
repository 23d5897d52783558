/**
 * An account's connection to the chat service: its key, sealed, and what the key was found to open. The key goes in and never
 * comes out again but in a request to the service.
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
  /** What it is good for, with what an administrator has allowed besides. */
  readonly keyKind: KeyKind;
  /** Where roles go by another way than the key. */
  readonly roles?: RolesThrough;
};
export type ConnectionState = {
  /** As of `Connection`; null while nothing is connected. */
  readonly keyKind: KeyKind | null;
  readonly connectedAt: Date | null;
  /** Whether an administrator has let us write roles that the key does not. */
  readonly rolesLet: PartnerStanding;
};
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
  /** The service has refused a write of roles, by whatever way: from now on they are shown and not written. */
  readonly cannotWriteRoles: (accountId: string) => Promise<void>;
  readonly disconnect: (accountId: string) => Promise<void>;
};

export type ConnectionsGiven = {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly fetch: Fetch;
  readonly hosts: { readonly api: string; readonly settings: string };
  /** Null where this server is no partner of the service. */
  readonly partner: {
    readonly grants: Pick<PartnerGrants, 'end'>;
    readonly rolesOf: (accountId: string) => RolesThrough;
  } | null;
  readonly now: () => Date;
};

const BOUNDS: Bounds = { milliseconds: 15_000, bytes: 4_000_000, unreadable: 'SERVICE_UNREADABLE' };
const channels = v.pipe(v.string(), v.parseJson(), v.array(v.unknown()));
/** No header carries anything else: a letter of another alphabet is pasted easily. */
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
   * What a key opens is known by asking: a key does not say what kind it is. Whether it writes roles is known only by writing
   * them, so one that reads them is taken to.
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
        // First: a purge that is under way sees it before it deletes anything more.
        await connectedAgain(transaction, accountId);
        const before = await transaction
          .selectFrom('chatConnection')
          .select('keyDigest')
          .where('accountId', '=', accountId)
          .forUpdate()
          .executeTakeFirst();
        // Looked for before anything is written: two that swap their keys would wait for each other.
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
        // It may be of another chat account.
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

/** Says nothing of the key: what is taken for a no would be kept as what the key opens. */
const isNoAnswer = ({ status }: Answered): boolean => status === 429 || status >= 500;

/** PostgreSQL's word for a value that may stand once and stands already: two accounts that connect at once are told apart by it. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';
