/**
 * The CRM signs nothing, so it calls an address of each account that nobody else knows. The address is stored sealed, because a
 * subscription is looked for and made again by it; its digest, by which it is found, does not reveal it.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import type { CrmApi } from '../crm/amocrm/api.ts';
import type { Database } from '../store/database.ts';
import { digestOf } from '../store/digest.ts';
import type { AccountSeal, OfAccount } from '../store/account-seal.ts';

/** What changes whose client somebody is, and by which numbers they are known. */
const SETTINGS = [
  'add_contact',
  'update_contact',
  'delete_contact',
  'restore_contact',
  'responsible_contact',
  'add_lead',
  'update_lead',
  'delete_lead',
  'restore_lead',
  'responsible_lead',
  'status_lead',
];

export type Subscriptions = {
  /** Whose address this is. */
  readonly accountOf: (
    secret: string,
  ) => Promise<{ readonly id: string; readonly crmAccountId: string } | null>;
  /** Those that nobody has looked after for a day. */
  readonly due: () => Promise<readonly string[]>;
  /** Subscribes where there is no subscription, or one that was switched off. */
  readonly keep: (accountId: string, leaving: AbortSignal) => Promise<void>;
};

/** The path before the secret. No log may tell what comes after. */
export const HOOKS = '/hooks/amocrm';

const listed = v.object({
  _embedded: v.object({
    webhooks: v.array(
      v.object({ destination: v.string(), disabled: v.boolean(), settings: v.array(v.string()) }),
    ),
  }),
});
export const hookBoundTo = (accountId: string): OfAccount => ({
  accountId,
  boundTo: `crm-hook ${accountId}`,
});

export function createSubscriptions(given: {
  readonly database: Database;
  readonly seal: AccountSeal;
  readonly crm: CrmApi;
  /** Where this server answers: https://chat.example.com */
  readonly origin: string;
}): Subscriptions {
  const { database, seal, crm, origin } = given;

  async function secretOf(accountId: string): Promise<string> {
    const kept = () =>
      database
        .selectFrom('account')
        .select('sealedHook')
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow();
    if ((await kept()).sealedHook === null) {
      const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
      await database
        .updateTable('account')
        .set({
          sealedHook: await seal.seal(secret, hookBoundTo(accountId)),
          hookDigest: digestOf(secret),
        })
        .where('id', '=', accountId)
        .where('sealedHook', 'is', null)
        .execute();
    }
    // Another instance may have been first.
    return seal.open((await kept()).sealedHook ?? '', hookBoundTo(accountId));
  }

  return {
    async accountOf(secret) {
      const row = await database
        .selectFrom('account')
        .select(['id', 'crmAccountId'])
        .where('hookDigest', '=', digestOf(secret))
        .executeTakeFirst();
      return row ?? null;
    },
    async due() {
      const rows = await database
        .selectFrom('account')
        .select('id')
        .where('state', '=', 'active')
        .where(({ or, eb }) =>
          or([eb('hooksKeptAt', 'is', null), eb('hooksKeptAt', '<', sql<Date>`now() - interval '1 day'`)]),
        )
        .limit(1000)
        .execute();
      return rows.map(({ id }) => id);
    },
    async keep(accountId, leaving) {
      const destination = `${origin}${HOOKS}/${await secretOf(accountId)}`;
      const query = new URLSearchParams({ 'filter[destination]': destination });
      const found = await crm.ask(accountId, `webhooks?${query}`, leaving);
      if (found.kind !== 'answered' && found.kind !== 'refused') return;
      const { success, output } = v.safeParse(listed, found.kind === 'answered' ? found.json : null);
      const hook = success
        ? output._embedded.webhooks.find(one => one.destination === destination)
        : undefined;
      const isRight = hook && !hook.disabled && SETTINGS.every(setting => hook.settings.includes(setting));
      // A plan without hooks refuses. Then the log alone tells what has changed (follow/reconcile.ts).
      let hooksRefused = false;
      if (!isRight) {
        const body = { destination, settings: SETTINGS };
        const made = await crm.ask(accountId, { path: 'webhooks', method: 'POST', body }, leaving);
        // An account that has just been answered is paid for: it is its plan that has no hooks.
        hooksRefused = made.kind === 'refused' || made.kind === 'unpaid';
        if (made.kind !== 'answered' && !hooksRefused) return;
      }
      await database
        .updateTable('account')
        .set({ hooksKeptAt: sql<Date>`now()`, hooksRefused })
        .where('id', '=', accountId)
        .execute();
    },
  };
}
