/**
 * `/pipedrive/api/crm/<path>`: pages ask the CRM through here, because a token opens everything that its person may do and never
 * reaches a browser. It is asked with the caller's own grant, so the CRM itself keeps to their rights.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { AccountEnv } from '../call.ts';
import type { FramedKit } from '../crm/framed.ts';
import { bodyOf } from '../http/body.ts';
import { Refused } from '../http/refusal.ts';
import type { Pace } from '../store/pace.ts';
import { sleep } from '../store/sleep.ts';
import { tooMany, type AskAs } from './asking.ts';

export const PASS = '/crm/';
/** Of the company's budget, for one person: a page that asks without end uses up nobody's day. */
const TOKENS_A_SECOND = 10;
const TOKENS_AT_ONCE = 300;
const WAIT_MILLISECONDS = 2_000;

export const passRoutes = ({
  askAs,
  pace,
  kit: { passFor },
}: {
  readonly askAs: AskAs;
  readonly pace: Pace;
  readonly kit: Pick<FramedKit, 'passFor'>;
}): Hono<AccountEnv> =>
  new Hono<AccountEnv>().all(`${PASS}*`, async ({ req, env: { account, caller } }) => {
    const { searchParams, search } = new URL(req.url);
    const path = req.path.slice(PASS.length);
    const pass = passFor(req.method, path, searchParams);
    if (!pass) throw new Refused('ROUTE_UNKNOWN');
    const body = pass.takes && (await bodyOf(req.raw, v.unknown()));
    if (pass.takes?.(body) === false) throw new Refused('BODY_INVALID');
    const { employeeId } = caller;
    const place = await pace.place(
      `pass ${account.id} ${employeeId}`,
      TOKENS_A_SECOND / pass.cost,
      WAIT_MILLISECONDS,
      TOKENS_AT_ONCE / pass.cost,
    );
    if (place === null) throw tooMany('TOO_MANY_AT_ONCE', WAIT_MILLISECONDS / 1000);
    await sleep(place);
    const answer = await askAs(
      { accountId: account.id, employeeId },
      { path: `${path}${search}`, method: methodOf(req.method), body },
    );
    return Response.json(answer.json, { status: answer.status });
  });

const methodOf = (method: string): 'GET' | 'POST' | 'PATCH' =>
  method === 'POST' || method === 'PATCH' ? method : 'GET';
