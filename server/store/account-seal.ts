/**
 * Seals what is an account's with a data key of its own, which lies in the account's row, sealed with the ring. A purge deletes
 * that key: from then on nothing opens a copy of the account's rows, not even whoever has the ring.
 */
import { base64url } from 'jose';
import type { Database } from './database.ts';
import type { Seal } from './seal.ts';
import { opened, sealed, Unopenable, wrappedBy } from './sealed.ts';

/** Whose it is, and what it is for in words that no other record of any account has. */
export type OfAccount = { readonly accountId: string; readonly boundTo: string };

export type AccountSeal = Seal<OfAccount> & {
  /** The account was purged: what this process has in memory of it goes now. */
  readonly forget: (accountId: string) => void;
};

/** An account's key, and what it has opened: whoever follows clients opens the same few again and again. */
type Held = {
  /** Null while the account has none. */
  readonly key: Promise<CryptoKey | null>;
  readonly opened: Map<string, Promise<string>>;
  readonly until: number;
};

/** Twice as many as one database serves (docs/operations.md). */
const MOST_ACCOUNTS = 2_000;
const MOST_OPENED = 6;
/** Another instance may have purged the account: this one goes on opening for no longer than that. */
const HELD_MILLISECONDS = 10 * 60_000;
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
  const accounts = new Map<string, Held>();

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

  function heldOf(accountId: string): Held {
    const known = accounts.get(accountId);
    if (known && now().getTime() < known.until) return known;
    const held: Held = {
      key: keyIn(accountId),
      opened: new Map(),
      until: now().getTime() + HELD_MILLISECONDS,
    };
    accounts.delete(accountId);
    kept(accounts, accountId, held, MOST_ACCOUNTS);
    const drop = (): void => {
      if (accounts.get(accountId) === held) accounts.delete(accountId);
    };
    held.key.then(key => key ?? drop(), drop);
    return held;
  }

  /** Two instances may begin at once: the first one's key stays, and both go on with it. */
  async function begun(accountId: string): Promise<CryptoKey> {
    const fresh = base64url.encode(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
    await database
      .updateTable('account')
      .set({ sealedDataKey: await ringSeal.seal(fresh, dataKeyBoundTo(accountId)) })
      .where('id', '=', accountId)
      .where('sealedDataKey', 'is', null)
      .execute();
    accounts.delete(accountId);
    const key = await heldOf(accountId).key;
    if (!key) throw new Unopenable('The account is gone');
    return key;
  }

  async function open(text: string, { accountId, boundTo }: OfAccount, held: Held): Promise<string> {
    // From before accounts had keys of their own; `rotate` seals it anew.
    if (wrappedBy(text) !== null) return ringSeal.open(text, boundTo);
    const key = await held.key;
    if (!key) throw new Unopenable(`The key of account ${accountId} is gone`);
    return opened(text, boundTo, { wraps: false, key });
  }

  return {
    async seal(text, { accountId, boundTo }) {
      const key = (await heldOf(accountId).key) ?? (await begun(accountId));
      return sealed(text, boundTo, { wraps: false, key });
    },
    open(text, of) {
      const held = heldOf(of.accountId);
      const name = `${of.boundTo} ${text}`;
      const known = held.opened.get(name);
      if (known) return known;
      const opening = open(text, of, held);
      kept(held.opened, name, opening, MOST_OPENED);
      opening.catch(() => held.opened.delete(name));
      return opening;
    },
    forget: accountId => void accounts.delete(accountId),
  };
}

/** Whatever was kept first goes first. */
function kept<T>(map: Map<string, T>, name: string, one: T, most: number): void {
  map.set(name, one);
  const [oldest] = map.keys();
  if (oldest !== undefined && map.size > most) map.delete(oldest);
}
