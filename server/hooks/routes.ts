/**
 * `POST /hooks/amocrm/<secret>`: the CRM says that something has changed. It waits two seconds and comes again when the answer
 * is late, so nothing is done here but noting which clients are to be looked at.
 */
import { Hono } from 'hono';
import { textOf } from '../http/body.ts';
import type { CrmHooks } from '../crm/hooks.ts';
import type { Lanes } from '../store/lanes.ts';
import { HOOKS, type Subscriptions } from './subscription.ts';

/** A hook of a hundred changes has some two hundred thousand. */
const LIMIT_BYTES = 1_000_000;

export const hookRoutes = ({
  subscriptions,
  lanes,
  concerned,
  bodyIn,
}: {
  readonly subscriptions: Pick<Subscriptions, 'accountOf'>;
  readonly lanes: Pick<Lanes, 'hint'>;
  readonly concerned: (accountId: string, names: readonly string[]) => Promise<readonly string[]>;
  readonly bodyIn: CrmHooks['bodyIn'];
}): Hono =>
  new Hono().post(`${HOOKS}/:secret{[\\w-]{43}}`, async ({ req }) => {
    const account = await subscriptions.accountOf(req.param('secret'));
    // As for any address that does not exist.
    if (!account) return new Response(null, { status: 404 });
    const body = bodyIn(await textOf(req.raw, LIMIT_BYTES));
    const isTheirs = body.accountId === null || body.accountId === account.crmAccountId;
    if (isTheirs) await lanes.hint(account.id, await concerned(account.id, body.names), 'live');
    return new Response(null, { status: 200 });
  });
