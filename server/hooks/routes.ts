/**
 * `POST /hooks/<crm>/<secret>`: the CRM reports a change. It waits two seconds and calls again if the answer is late, so
 * this route only records which clients have to be processed.
 */
import { Hono } from 'hono';
import { textOf } from '../http/body.ts';
import type { HeardOwner, HeardOwners } from './heard-owners.ts';
import type { OwnerEvents } from './owner-events.ts';
import type { CrmOf } from '../crm/by-account.ts';
import type { HookBody } from '../crm/hooks.ts';
import type { Lanes } from '../store/lanes.ts';
import { HOOKS, type Subscriptions } from './subscription.ts';

/** A hook with 100 changes has about 200,000 bytes. */
const LIMIT_BYTES = 1_000_000;
const ADDRESS = `${HOOKS}/:crm{[a-z]+}/:secret{[\\w-]{43}}` as const;

export const hookRoutes = ({
  subscriptions,
  lanes,
  concerned,
  crmOf,
  claims: { ownerEvents },
  heardOwners,
  employeesChanged,
}: {
  readonly subscriptions: Pick<Subscriptions, 'accountOf'>;
  readonly lanes: Pick<Lanes, 'hint'>;
  readonly concerned: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
  readonly crmOf: CrmOf;
  readonly claims: { readonly ownerEvents: Pick<OwnerEvents, 'keep'> };
  readonly heardOwners: Pick<HeardOwners, 'hear'>;
  /** These people may have lost their administrator's rights, or may have left. */
  readonly employeesChanged: (accountId: string, employeeIds: readonly string[]) => Promise<void>;
}): Hono =>
  new Hono()
    // A CRM may check that this address answers before it accepts a subscription.
    .get(ADDRESS, async ({ req }) => {
      const account = await subscriptions.accountOf(req.param('secret'));
      return new Response(null, { status: account ? 200 : 404 });
    })
    .post(ADDRESS, async ({ req }) => {
      const { secret } = req.param();
      const account = await subscriptions.accountOf(secret);
      // The same answer as for any unknown address.
      if (!account) return new Response(null, { status: 404 });
      const { hooks } = await crmOf(account.id);
      if (!hooks.admits(secret, req.raw.headers)) return new Response(null, { status: 401 });
      const body = hooks.bodyIn(await textOf(req.raw, LIMIT_BYTES));
      const isTheirs = body.accountId === null || body.accountId === account.crmAccountId;
      if (!isTheirs) return new Response(null, { status: 200 });
      // First, so that the events are stored before the clients are processed.
      await ownerEvents.keep(account.id, body.changes);
      await heardOwners.hear(account.id, body.changes.flatMap(ownerIn));
      await employeesChanged(account.id, body.employees);
      await lanes.hint(account.id, await concerned(account.id, body.names), 'live');
      return new Response(null, { status: 200 });
    });

/** A contact without an owner is left out, because pages do not show that change. */
const ownerIn = ({ contactId, event }: HookBody['changes'][number]): HeardOwner | readonly [] =>
  event.after === null ? [] : { contactId, ownerId: event.after, at: event.at };
