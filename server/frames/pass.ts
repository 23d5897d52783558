/**
 * `/pipedrive/api/crm/<path>`: pages send their requests to the CRM through this route. A token allows everything that its
 * person may do, so it must never reach a browser. The caller's own grant is used, so the CRM itself enforces their rights.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { AccountEnv } from '../call.ts';
import type { FramedKit } from '../crm/framed.ts';
import { bodyOf } from '../http/body.ts';
import { Refused } from '../http/refusal.ts';
import type { Pay } from './allowance.ts';
import type { AskAs } from './asking.ts';

export const PASS = '/crm/';

export const passRoutes = ({
  askAs,
  pay,
  kit: { passFor },
}: {
  readonly askAs: AskAs;
  readonly pay: Pay;
  readonly kit: Pick<FramedKit, 'passFor'>;
}): Hono<AccountEnv> =>
  new Hono<AccountEnv>().all(`${PASS}*`, async ({ req, env: { account, caller } }) => {
    const { searchParams, search } = new URL(req.url);
    const path = req.path.slice(PASS.length);
    const pass = passFor(req.method, path, searchParams);
    if (!pass) throw new Refused('ROUTE_UNKNOWN');
    const body = pass.takes && (await bodyOf(req.raw, v.unknown()));
    if (pass.takes?.(body) === false) throw new Refused('BODY_INVALID');
    const whose = { accountId: account.id, employeeId: caller.employeeId };
    await pay(whose, pass.cost);
    const answer = await askAs(whose, { path: `${path}${search}`, method: methodOf(req.method), body });
    return Response.json(answer.json, { status: answer.status });
  });

const methodOf = (method: string): 'GET' | 'POST' | 'PATCH' =>
  method === 'POST' || method === 'PATCH' ? method : 'GET';
