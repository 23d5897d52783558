/**
 * `GET /pipedrive/api/page?resource=person&id=77`: all that a page needs to begin, in one answer. The record in the address of a
 * page is unsigned, so it is read with the caller's own grant: who may not see it is told of no client.
 *
 * The list of employees costs as much as twenty reads of a client, so it is read once a minute at most, whoever looks; what
 * their groups are called, once an hour.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { AccountEnv } from '../call.ts';
import type { AskPlainly, FramedEmployee, FramedKit, FramedMe } from '../crm/framed.ts';
import { namedId } from '../http/named-id.ts';
import { Refused } from '../http/refusal.ts';
import type { OwnSettings } from '../own-settings/own-settings.ts';
import type { Database } from '../store/database.ts';
import type { AskAs } from './asking.ts';
import { keptFor } from './kept-for.ts';
import type { Watches } from './watch.ts';

const EMPLOYEES_MILLISECONDS = 60_000;
const GROUPS_MILLISECONDS = 3_600_000;
const ME_MILLISECONDS = 5 * 60_000;

const ofRecord = v.strictObject({ resource: v.picklist(['person', 'deal']), id: namedId });
const asked = v.union([ofRecord, v.strictObject({})]);

export function pageRoute(given: {
  readonly database: Database;
  readonly askAs: AskAs;
  readonly kit: Pick<FramedKit, 'pages' | 'originOf'>;
  readonly ownSettings: Pick<OwnSettings, 'read'>;
  readonly watches: Pick<Watches, 'begin'>;
  readonly now: () => Date;
}): Hono<AccountEnv> {
  const { database, askAs, kit, ownSettings, watches, now } = given;
  const { pages } = kit;
  const lists = keptFor<readonly FramedEmployee[]>(now, EMPLOYEES_MILLISECONDS);
  const groups = keptFor<ReadonlyMap<string, string>>(now, GROUPS_MILLISECONDS);
  const persons = keptFor<FramedMe>(now, ME_MILLISECONDS);

  return new Hono<AccountEnv>().get('/page', async ({ req, env: { account, caller } }) => {
    const { success, output } = v.safeParse(asked, req.query());
    if (!success) throw new Refused('ROUTE_UNKNOWN');
    const { id: accountId, crmAccountId, host } = account;
    const whose = { accountId, employeeId: caller.employeeId };
    const ask: AskPlainly = what => askAs(whose, what);
    // First whether they have let us in at all: then the others are not asked for nothing.
    const { locale, ...me } = await persons(`${accountId} ${caller.employeeId}`, () => pages.me(ask));
    const [employees, client, { country }, own] = await Promise.all([
      lists(accountId, async () => pages.employees(ask, await groups(accountId, () => pages.groups(ask)))),
      'resource' in output ? pages.client(ask, output) : null,
      database.selectFrom('account').select('country').where('id', '=', accountId).executeTakeFirstOrThrow(),
      ownSettings.read(caller.account),
    ]);
    const origin = host === null ? null : kit.originOf(host);
    return Response.json({
      me,
      account: { id: crmAccountId, country, origin },
      locale,
      employees,
      client,
      watch: client && client.contactId !== null ? await watches.begin(client, whose) : null,
      // A page of this CRM has no store of its own to find them in.
      ownSettings: own,
    });
  });
}
