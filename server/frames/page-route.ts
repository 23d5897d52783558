/**
 * `GET /pipedrive/api/page?resource=person&id=77`: one answer with everything that a page needs to begin. `&deal=9` is
 * added for a person who was chosen from the people of a deal. The record in a page's address is not signed, so it is read
 * with the caller's own grant. Callers who may not see it get an answer without a client.
 *
 * The list of employees costs as much as twenty reads of a client, so it is read at most once a minute for an account.
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
import { groupsKept } from './groups.ts';
import { keptFor } from './kept-for.ts';
import type { Watches } from './watch.ts';

const EMPLOYEES_MILLISECONDS = 60_000;
const ME_MILLISECONDS = 5 * 60_000;

const ofPerson = v.strictObject({ resource: v.literal('person'), id: namedId, deal: v.optional(namedId) });
const ofDeal = v.strictObject({ resource: v.literal('deal'), id: namedId });
const asked = v.union([ofPerson, ofDeal, v.strictObject({})]);

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
  const groupsOf = groupsKept(now, pages.groups);
  const persons = keptFor<FramedMe>(now, ME_MILLISECONDS);

  return new Hono<AccountEnv>().get('/page', async ({ req, env: { account, caller } }) => {
    const { success, output } = v.safeParse(asked, req.query());
    if (!success) throw new Refused('ROUTE_UNKNOWN');
    const { id: accountId, crmAccountId, host } = account;
    const whose = { accountId, employeeId: caller.employeeId };
    const ask: AskPlainly = what => askAs(whose, what);
    // This comes first, because a person without a grant is refused here, before the other requests are sent.
    const { locale, ...me } = await persons(`${accountId} ${caller.employeeId}`, () => pages.me(ask));
    const [employees, groups, client, { country }, own] = await Promise.all([
      lists(accountId, () => pages.employees(ask)),
      groupsOf(whose, ask),
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
      groups,
      client,
      watch: client && client.contactId !== null ? await watches.begin(client, whose) : null,
      // Pages of this CRM have no other place to read them from.
      ownSettings: own,
    });
  });
}
