/**
 * Seals an account's secrets with the account's own data key. The data key is stored in the account's row, sealed with the key
 * ring. A purge deletes the data key, so afterwards no copy of the account's rows can be opened, not even with the key ring.
 */
import { base64url } from 'jose';
import type { Database } from './database.ts';
import type { Seal } from './seal.ts';
import { opened, sealed, Unopenable, wrappedBy } from './sealed.ts';

/** The account, and the purpose of the record. No two records of an account share the text of `boundTo`. */
export type OfAccount = { readonly accountId: string; readonly boundTo: string };

export type AccountSeal = Seal<OfAccount> & {
  /** Drops everything this process caches for the account. Called when the account is purged. */
  readonly forget: (accountId: string) => void;
};

/** An account's data key and the texts it opened lately. Following clients opens the same few texts again and again. */
type CachedKey = {
  /** Null while the account has none. */
  readonly key: Promise<CryptoKey | null>;
  readonly opened: Map<string, Promise<string>>;
  readonly until: number;
};

/** Twice as many accounts as one database serves (docs/operations.md). */
const MOST_ACCOUNTS = 2_000;
const MOST_OPENED = 6;
/** Another instance may purge the account. This one can open its records for at most this long afterwards. */
const CACHE_MILLISECONDS = 10 * 60_000;
const KEY_BYTES = 32;

export const dataKeyBoundTo = (accountId: string): string => `data-key ${accountId}`;

export function accountSealIn({
  database,
  ringSeal,
  now,
}: {
  readonly database: Database;
  readonly ringSeal: Seal;
  readonly now: () => Date;
}): AccountSeal {
  const accounts = new Map<string, CachedKey>();

  async function keyIn(accountId: string): Promise<CryptoKey | null> {
    const row = await database
      .selectFrom('account')
      .select('sealedDataKey')
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (!row || row.sealedDataKey === null) return null;
    const text = await ringSeal.open(row.sealedDataKey, dataKeyBoundTo(accountId));
    const bytes = new Uint8Array(base64url.decode(text));
    return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  }

  function cachedKeyOf(accountId: string): CachedKey {
    const known = accounts.get(accountId);
    if (known && now().getTime() < known.until) return known;
    const cached: CachedKey = {
      key: keyIn(accountId),
      opened: new Map(),
      until: now().getTime() + CACHE_MILLISECONDS,
    };
    accounts.delete(accountId);
    putBounded(accounts, accountId, cached, MOST_ACCOUNTS);
    const drop = (): void => {
      if (accounts.get(accountId) === cached) accounts.delete(accountId);
    };
    cached.key.then(key => key ?? drop(), drop);
    return cached;
  }

  /** Two instances may create a key at the same time. The first key is kept, and both instances use it. */
  async function createDataKey(accountId: string): Promise<CryptoKey> {
    const fresh = base64url.encode(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
    await database
      .updateTable('account')
      .set({ sealedDataKey: await ringSeal.seal(fresh, dataKeyBoundTo(accountId)) })
      .where('id', '=', accountId)
      .where('sealedDataKey', 'is', null)
      .execute();
    accounts.delete(accountId);
    const key = await cachedKeyOf(accountId).key;
    if (!key) throw new Unopenable('The account no longer exists');
    return key;
  }

  async function open(text: string, { accountId, boundTo }: OfAccount, cached: CachedKey): Promise<string> {
    // Sealed before accounts had keys of their own; `rotate` seals it again.
    if (wrappedBy(text) !== null) return ringSeal.open(text, boundTo);
    const key = await cached.key;
    if (!key) throw new Unopenable(`Account ${accountId} has no data key`);
    return opened(text, boundTo, { wraps: false, key });
  }

  return {
    async seal(text, { accountId, boundTo }) {
      const key = (await cachedKeyOf(accountId).key) ?? (await createDataKey(accountId));
      return sealed(text, boundTo, { wraps: false, key });
    },
    open(text, of) {
      const cached = cachedKeyOf(of.accountId);
      const name = `${of.boundTo} ${text}`;
      const known = cached.opened.get(name);
      if (known) return known;
      const opening = open(text, of, cached);
      putBounded(cached.opened, name, opening, MOST_OPENED);
      opening.catch(() => cached.opened.delete(name));
      return opening;
    },
    forget: accountId => void accounts.delete(accountId),
  };
}

/** Adds an entry and evicts the oldest one when the map grows over `most`. */
function putBounded<T>(map: Map<string, T>, name: string, one: T, most: number): void {
  map.set(name, one);
  const [oldest] = map.keys();
  if (oldest !== undefined && map.size > most) map.delete(oldest);
}
