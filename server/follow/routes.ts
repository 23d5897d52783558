/**
 * `GET /clients` tells administrators whether the chat service and the CRM agree. `POST /clients/check` compares them now,
 * `POST /clients/release` allows what a check has held back.
 */
import { Hono } from 'hono';
import { adminOfAccount, type AccountEnv } from '../call.ts';
import type { Checking } from './check.ts';

export function clientRoutes(given: {
  readonly checking: Checking;
  /** Starts a check soon. */
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
