/**
 * `GET /changes?watch=…` says whether the owner of a client has changed since a page read it. It does not reach the CRM, so
 * it uses up no allowance. `GET /watch?contact=77` gives the right to ask this, to a page whose right has expired. For that
 * the client is read with the caller's own grant.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { AccountEnv } from '../call.ts';
import type { FramedKit } from '../crm/framed.ts';
import { namedId } from '../http/named-id.ts';
import { Refused } from '../http/refusal.ts';
import type { AskAs } from './asking.ts';
import type { LookOften } from './allowance.ts';
import type { Watches } from './watch.ts';

export const CHANGES = '/changes';
export const WATCH = '/watch';

const LONGEST_KEY = 1000;
const looking = v.strictObject({ watch: v.pipe(v.string(), v.maxLength(LONGEST_KEY)) });
const beginning = v.strictObject({ contact: namedId });

export const watchRoutes = ({
  watches,
  lookOften,
  askAs,
  kit: { pages },
}: {
  readonly watches: Watches;
  readonly lookOften: LookOften;
  readonly askAs: AskAs;
  readonly kit: Pick<FramedKit, 'pages'>;
}): Hono<AccountEnv> =>
  new Hono<AccountEnv>()
    .get(CHANGES, async ({ req, env: { account, caller } }) => {
      const { success, output } = v.safeParse(looking, req.query());
      if (!success) throw new Refused('ROUTE_UNKNOWN');
      const whose = { accountId: account.id, employeeId: caller.employeeId };
      lookOften(whose);
      const stamp = await watches.look(output.watch, whose);
      if (stamp === undefined) throw new Refused('WATCH_OVER');
      return Response.json({ stamp });
    })
    .get(WATCH, async ({ req, env: { account, caller } }) => {
      const { success, output } = v.safeParse(beginning, req.query());
      if (!success) throw new Refused('ROUTE_UNKNOWN');
      const whose = { accountId: account.id, employeeId: caller.employeeId };
      const client = await pages.client(what => askAs(whose, what), {
        resource: 'person',
        id: output.contact,
      });
      if (!client || client.contactId === null) throw new Refused('NOT_SEEN');
      return Response.json(await watches.begin(client, whose));
    });
