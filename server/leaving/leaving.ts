/** What is deleted when an account leaves: now and after thirty days, and what stays in the chat service, each with a count. */
import * as v from 'valibot';
import { askingChat } from '../chat/wazzup/asking.ts';
import type { Connections } from '../connections/connection.ts';
import { daysAfter, KEPT_DAYS } from '../accounts/state.ts';
import type { AccountRoles } from '../chat/account-roles.ts';
import type { Fetch } from '../http/fetch.ts';
import type { Database } from '../store/database.ts';
import { KEPT, KEPT_TABLES, type KeptTable } from './purge.ts';

export type Counted = { readonly what: string; readonly count: number };
export type Leaving = {
  readonly now: readonly Counted[];
  readonly later: { readonly at: string; readonly what: readonly Counted[] };
  /** A count is null when the chat service could not be asked or does not return this for the account's key. */
  readonly stays: readonly { readonly what: string; readonly count: number | null }[];
};

export type LeavingGiven = {
  readonly database: Database;
  readonly connections: Connections;
  readonly fetch: Fetch;
  readonly hosts: { readonly api: string };
  readonly rolesOf: AccountRoles['of'];
  readonly now: () => Date;
};

/** Not counted on their own: channels and the partner grant are part of the key, and what was heard of owners is part of the claims. */
const NOT_COUNTED: ReadonlySet<KeptTable> = new Set([
  'chatChannel',
  'partnerGrant',
  'crmOwnerEvent',
  'heardOwner',
]);
const COUNTED_TABLES = KEPT_TABLES.filter(table => !NOT_COUNTED.has(table));

const listed = v.pipe(
  v.array(v.unknown()),
  v.transform(list => list.length),
);
const counted = v.pipe(
  v.object({ count: v.number() }),
  v.transform(({ count }) => count),
);
const roles = v.pipe(
  v.object({ userRoles: listed }),
  v.transform(({ userRoles }) => userRoles),
);

export function createLeaving(given: LeavingGiven): (accountId: string) => Promise<Leaving> {
  const { database, connections, fetch, hosts, now } = given;

  const keptOf = (accountId: string): Promise<readonly (Counted & { readonly isKey: boolean })[]> =>
    Promise.all(
      COUNTED_TABLES.map(async table => {
        const { count } = await database
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<string>().as('count'))
          .where('accountId', '=', accountId)
          .executeTakeFirstOrThrow();
        return { what: KEPT[table], count: Number(count), isKey: table === 'chatConnection' };
      }),
    );

  return async accountId => {
    const kept = await keptOf(accountId);
    const connection = await connections.of(accountId).catch(() => null);
    const patience = new AbortController().signal;
    const chat = connection && askingChat(connection, { fetch, leaving: patience });
    const ask = async (address: string, schema: v.GenericSchema<unknown, number>): Promise<number | null> =>
      chat ? chat.read(address, schema).catch(() => null) : null;
    const [users, contacts, deals, assignments] = await Promise.all([
      ask(`${hosts.api}/v3/users`, listed),
      ask(`${hosts.api}/v3/contacts`, counted),
      ask(`${hosts.api}/v3/deals`, counted),
      given
        .rolesOf(accountId, patience)
        .then(settings => v.parse(roles, settings))
        .catch(() => null),
    ]);
    const plain = (isKey: boolean): readonly Counted[] => {
      const counts = new Map<string, number>();
      for (const { what, count } of kept.filter(one => one.isKey === isKey))
        counts.set(what, (counts.get(what) ?? 0) + count);
      return [...counts].map(([what, count]) => ({ what, count }));
    };
    return {
      now: plain(true),
      later: { at: daysAfter(now(), KEPT_DAYS).toISOString(), what: plain(false) },
      stays: [
        { what: 'employees', count: users },
        { what: 'roles', count: assignments },
        { what: 'clients', count: contacts },
        { what: 'deals', count: deals },
      ],
    };
  };
}
