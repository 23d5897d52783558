/**
 * An administrator's way from "Connect Wazzup" to the service and back to our page. The service's state connects the account it
 * was issued for, whichever browser brings it to us. So it counts only in a browser that an administrator's CRM page has sent
 * on its way shortly before, and what it brings is saved only after the administrator has seen it and said yes.
 */
import { base64url } from 'jose';
import { sql } from 'kysely';
import * as v from 'valibot';
import { crmNames } from '../store/account-row.ts';
import { keyKinds, type KeyKind } from '../chat/wazzup/key-kind.ts';
import type { Caller } from '../caller.ts';
import type { Database } from '../store/database.ts';
import { digestOf } from '../store/digest.ts';
import type { Seal } from '../store/seal.ts';

const purposes = v.picklist(['connect', 'roles']);
/** `roles`: the account is already connected, and its roles are to be written from here. */
export type Purpose = v.InferOutput<typeof purposes>;
export type Journey = {
  readonly id: string;
  readonly accountId: string;
  readonly account: Caller['account'];
  /** The host of the account's pages. */
  readonly host: string;
  readonly employeeId: string;
  readonly language: string;
  readonly purpose: Purpose;
};
export type Brought = {
  /** For the purpose `roles`: what the service gave us for writing them. */
  readonly key: string;
  readonly keyKind: KeyKind;
  readonly channels: readonly unknown[];
};

export type Journeys = {
  /** Returns the journey's id, which is part of an address and proves nothing. */
  readonly begin: (traveller: {
    readonly accountId: string;
    readonly employeeId: string;
    readonly language: string;
    readonly purpose: Purpose;
  }) => Promise<string>;
  /** Returns a secret to the first browser that opens the journey; null to any other. */
  readonly open: (id: string) => Promise<{ readonly secret: string; readonly purpose: Purpose } | null>;
  /** The journey of the browser that has the secret, until it expires. */
  readonly of: (id: string, secret: string) => Promise<Journey | null>;
  readonly bring: (journey: Journey, brought: Brought) => Promise<void>;
  readonly brought: (journey: Journey) => Promise<Brought | null>;
  readonly end: (journey: Journey) => Promise<void>;
  /** Deletes expired journeys, and with them keys that were brought and not confirmed. */
  readonly forget: () => Promise<void>;
};

/** Long enough to log in to the service and look around there. */
const MINUTES = 20;

const boundTo = ({ id }: { readonly id: string }): string => `journey ${id}`;
const random = (): string => base64url.encode(crypto.getRandomValues(new Uint8Array(32)));

export function journeysIn(database: Database, seal: Seal): Journeys {
  const isUnderWay = sql<boolean>`until > now()`;
  return {
    async begin(traveller) {
      const id = random();
      const until = sql<Date>`now() + make_interval(mins => ${MINUTES})`;
      await database
        .insertInto('journey')
        .values({ id, ...traveller, until })
        .execute();
      return id;
    },
    async open(id) {
      const secret = random();
      const opened = await database
        .updateTable('journey')
        .set({ secretDigest: digestOf(secret) })
        .where('id', '=', id)
        .where('secretDigest', 'is', null)
        .where(isUnderWay)
        .returning('purpose')
        .executeTakeFirst();
      return opened ? { secret, purpose: v.parse(purposes, opened.purpose) } : null;
    },
    async of(id, secret) {
      const row = await database
        .selectFrom('journey')
        .innerJoin('account', 'account.id', 'journey.accountId')
        .select(['journey.id', 'accountId', 'employeeId', 'language', 'purpose'])
        .select(['crm', 'crmAccountId', 'host'])
        .where('journey.id', '=', id)
        .where('secretDigest', '=', digestOf(secret))
        .where(isUnderWay)
        .executeTakeFirst();
      if (!row) return null;
      const { crm, crmAccountId, host, purpose, ...journey } = row;
      return {
        ...journey,
        purpose: v.parse(purposes, purpose),
        host: host ?? '',
        account: { crm: v.parse(crmNames, crm), id: crmAccountId },
      };
    },
    async bring(journey, { key, keyKind, channels }) {
      const sealedKey = await seal.seal(key, boundTo(journey));
      await database
        .updateTable('journey')
        .set({ sealedKey, keyKind, channels: JSON.stringify(channels) })
        .where('id', '=', journey.id)
        .execute();
    },
    async brought(journey) {
      const row = await database
        .selectFrom('journey')
        .select(['sealedKey', 'keyKind', 'channels'])
        .where('id', '=', journey.id)
        .executeTakeFirst();
      if (!row || row.sealedKey === null) return null;
      const channels: unknown[] = Array.isArray(row.channels) ? row.channels : [];
      const key = await seal.open(row.sealedKey, boundTo(journey));
      return { key, keyKind: v.parse(keyKinds, row.keyKind), channels };
    },
    async forget() {
      await database
        .deleteFrom('journey')
        .where('until', '<=', sql<Date>`now()`)
        .execute();
    },
    async end({ id }) {
      await database.deleteFrom('journey').where('id', '=', id).execute();
    },
  };
}
