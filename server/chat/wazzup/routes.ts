/** How an account's administrators connect its chat service, replace the key and disconnect. */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Grants } from '../../accounts/grant.ts';
import { adminOfAccount, type AccountEnv } from '../../call.ts';
import { bodyOf } from '../../gateway/body.ts';
import { MODE_OF } from '../../gateway/config.ts';
import { changeConnection, type ConnectionChange } from './change.ts';
import type { Journeys } from './journey.ts';

/** A key as people paste it. */
const key = v.pipe(
  v.string(),
  v.trim(),
  v.transform(pasted => pasted.replace(/^Bearer\s+/i, '')),
  v.minLength(8),
  v.maxLength(4000),
);
const pasted = v.object({ key });
const chosen = v.object({ key, replaces: v.optional(v.boolean(), false) });
const begun = v.object({ language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}$/)), 'en') });

export function connectionRoutes({
  grants,
  journeys,
  addressOf,
  ...changing
}: ConnectionChange & {
  readonly grants: Grants;
  readonly journeys: Journeys;
  /** Where a journey begins; null where this server is no partner of the service, and a key is the only way. */
  readonly addressOf: ((journeyId: string) => string) | null;
}): Hono<AccountEnv> {
  const { connections } = changing;
  return new Hono<AccountEnv>()
    .get('/connection', async ({ env: { account } }) => {
      const state = await connections.stateOf(account.id);
      return Response.json({
        ...state,
        mode: state.keyKind && MODE_OF[state.keyKind],
        /** Whether the CRM lets the server in. */
        access: (await grants.isGiven(account.id)) ? 'given' : 'missing',
        ways: addressOf ? ['cabinet', 'key'] : ['key'],
      });
    })
    .post('/connection/look', adminOfAccount, async ({ req }) => {
      const { keyKind, channels } = await connections.look((await bodyOf(req.raw, pasted)).key);
      return Response.json({ keyKind, mode: MODE_OF[keyKind], channels });
    })
    .post('/connection/journey', adminOfAccount, async ({ env: { account, caller }, req, notFound }) => {
      const { language } = await bodyOf(req.raw, begun);
      if (!addressOf) return notFound();
      const id = await journeys.begin({ accountId: account.id, employeeId: caller.employeeId, language });
      return Response.json({ address: addressOf(id) });
    })
    .put('/connection', adminOfAccount, async ({ env: { account, caller }, req }) => {
      const { key, replaces } = await bodyOf(req.raw, chosen);
      const found = await connections.look(key);
      await changeConnection(
        changing,
        { ...caller, accountId: account.id, origin: req.header('Origin') ?? null },
        found.keyKind,
        () => connections.keep(account.id, key, found, replaces),
      );
      return Response.json(found);
    })
    .delete('/connection', adminOfAccount, async ({ env: { account, caller }, req }) => {
      await changeConnection(
        changing,
        { ...caller, accountId: account.id, origin: req.header('Origin') ?? null },
        null,
        () => connections.disconnect(account.id).then(() => false),
      );
      return Response.json({ keyKind: null });
    });
}
