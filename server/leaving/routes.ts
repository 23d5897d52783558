/** The state of an account, for each of its employees, and what an administrator is shown before they disconnect. */
import { Hono } from 'hono';
import { standingOf } from '../accounts/state.ts';
import { adminOfAccount, type AccountEnv } from '../call.ts';
import type { Database } from '../store/database.ts';
import type { Leaving } from './leaving.ts';

export const leavingRoutes = (given: {
  readonly database: Database;
  readonly leaving: (accountId: string) => Promise<Leaving>;
}): Hono<AccountEnv> =>
  new Hono<AccountEnv>()
    .get('/account', async ({ env }) => Response.json(await standingOf(given.database, env.account.id)))
    .get('/leaving', adminOfAccount, async ({ env }) => Response.json(await given.leaving(env.account.id)));
