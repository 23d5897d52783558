/**
 * `GET /clients` tells administrators whether the chat service and the CRM agree. `POST /clients/check` has them compared now,
 * `POST /clients/release` has done what a check has held.
 */
import { Hono } from 'hono';
import { adminOfAccount, type AccountEnv } from '../call.ts';
import type { Checking } from './check.ts';

export function clientRoutes(given: {
  readonly checking: Checking;
  /** Has a check begun soon. */
  readonly checkSoon: (accountId: string) => Promise<void>;
}): Hono<AccountEnv> {
  const { checking, checkSoon } = given;
  return new Hono<AccountEnv>()
    .get('/clients', adminOfAccount, async ({ env }) => Response.json(await checking.clients(env.account.id)))
    .post('/clients/check', adminOfAccount, async ({ env: { account } }) => {
      await checking.ask(account.id);
      await checkSoon(account.id);
      return new Response(null, { status: 202 });
    })
    .post('/clients/release', adminOfAccount, async ({ env: { account } }) => {
      await checking.release(account.id);
      await checkSoon(account.id);
      return new Response(null, { status: 202 });
    });
}
