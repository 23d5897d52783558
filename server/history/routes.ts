/**
 * `GET /history` for admins: changes, newest first. `?before=<id>` continues where a page ended, and `?employee=<id>` selects
 * one person's changes. `GET /history/<id>/roles`: every role before that change, in the words of domain/.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import { admin, type CallerEnv } from '../call.ts';
import { rolesIn } from '../chat/wazzup/roles.ts';
import type { History } from './change.ts';
import { Refused } from '../http/refusal.ts';

const page = v.strictObject({
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,18}$/))),
  employee: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/))),
});

type HistoryEnv = { Bindings: CallerEnv['Bindings'] & { readonly config: { readonly history: History } } };

export const historyRoutes = new Hono<HistoryEnv>()
  .get('/history', admin, async ({ env: { caller, config }, req }) => {
    const { success, output } = v.safeParse(page, req.query());
    if (!success) throw new Refused('ROUTE_UNKNOWN');
    const { before = null, employee: employeeId = null } = output;
    return Response.json({ changes: await config.history.list(caller.account, { before, employeeId }) });
  })
  .get('/history/:id{\\d{1,18}}/roles', admin, async ({ env: { caller, config }, req }) => {
    const before = await config.history.stateBefore(caller.account, 'roles', req.param('id'));
    if (before === undefined) throw new Refused('CHANGE_UNKNOWN');
    return Response.json({ roles: [...rolesIn(before).seats.values()] });
  });
