/** The routes by which an account's administrators connect its chat service, replace the key and disconnect. */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Grants } from '../accounts/grant.ts';
import { adminOfAccount, type AccountEnv } from '../call.ts';
import { bodyOf } from '../http/body.ts';
import { MODE_OF } from '../chat/wazzup/key-kind.ts';
import { changeConnection, type ConnectionChange } from './change.ts';
import type { Journeys, Purpose } from './journey.ts';

/** A key as people paste it, possibly with "Bearer" in front. */
const key = v.pipe(
  v.string(),
  v.trim(),
  v.transform(pasted => pasted.replace(/^Bearer\s+/i, '')),
  v.minLength(8),
  v.maxLength(4000),
);
const pasted = v.object({ key });
const chosen = v.object({ key, replaces: v.optional(v.boolean(), false) });
const journeyRequest = v.object({
  language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}$/)), 'en'),
  purpose: v.optional(v.picklist(['connect', 'roles']), 'connect'),
});

export function connectionRoutes({
  grants,
  journeys,
  leadsTo,
  addressOf,
  ...changing
}: ConnectionChange & {
  readonly grants: Grants;
  readonly journeys: Journeys;
  readonly leadsTo: Readonly<Record<Purpose, boolean>>;
  /** The address at which a journey begins. */
  readonly addressOf: (journeyId: string) => string;
}): Hono<AccountEnv> {
  const { connections } = changing;
  return new Hono<AccountEnv>()
    .get('/connection', async ({ env: { account } }) => {
      const { rolesLet, ...state } = await connections.stateOf(account.id);
      // A key that opens only channels lists no employees who could be given roles.
      const mayLet = leadsTo.roles && state.keyKind === 'v3';
      return Response.json({
        ...state,
        mode: state.keyKind && MODE_OF[state.keyKind],
        /** Whether the CRM gives the server access. */
        access: (await grants.isGiven(account.id)) ? 'given' : 'missing',
        ways: leadsTo.connect ? ['cabinet', 'key'] : ['key'],
        /** Whether an administrator can allow the server to write roles: yes when `offered`, and again when `ended`. */
        roles: mayLet && rolesLet === 'none' ? 'offered' : rolesLet,
      });
    })
    .post('/connection/look', adminOfAccount, async ({ req }) => {
      const { keyKind, channels } = await connections.look((await bodyOf(req.raw, pasted)).key);
      return Response.json({ keyKind, mode: MODE_OF[keyKind], channels });
    })
    .post('/connection/journey', adminOfAccount, async ({ env: { account, caller }, req, notFound }) => {
      const { language, purpose } = await bodyOf(req.raw, journeyRequest);
      if (!leadsTo[purpose]) return notFound();
      const { employeeId } = caller;
      const id = await journeys.begin({ accountId: account.id, employeeId, language, purpose });
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
