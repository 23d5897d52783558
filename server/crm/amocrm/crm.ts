/** amoCRM and Kommo, as the server asks them. Both have the same API. */
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { Crm } from '../crm.ts';
import { actingIn } from './acting.ts';
import { cards } from './cards.ts';
import { changesThrough } from './changes.ts';
import { crmClientsOf } from './clients.ts';
import { hooksThrough } from './hooks.ts';
import { crmListsOf } from './lists.ts';
import { ownersThrough } from './owners.ts';
import { recordsThrough } from './records.ts';
import { crmTasksOf } from './tasks.ts';

const user = v.object({ rights: v.object({ is_admin: v.boolean(), is_active: v.boolean() }) });

export const crmThrough = (api: CrmApi): Crm => ({
  clients: (accountId, leaving) => crmClientsOf(api, accountId, leaving),
  lists: (accountId, leaving) => crmListsOf(api, accountId, leaving),
  records: accountId => recordsThrough((question, patience) => api.ask(accountId, question, patience)),
  acting: (accountId, leaving) => actingIn(api, accountId, leaving),
  owners: (accountId, given) => ownersThrough(api, accountId, given),
  tasks: (accountId, leaving) => crmTasksOf(api, accountId, leaving),
  cards,
  changes: changesThrough(api),
  hooks: hooksThrough(api),
  async isAdministrator(accountId, employeeId, patience) {
    const path = `users/${encodeURIComponent(employeeId)}`;
    const answer = await api.ask(accountId, path, patience).catch(() => null);
    const read = v.safeParse(user, answer?.kind === 'answered' ? answer.json : null);
    return read.success ? read.output.rights.is_admin && read.output.rights.is_active : null;
  },
  async letsIn(accountId, leaving) {
    const { kind } = await api.ask(accountId, 'account', leaving);
    return kind === 'answered' ? true : kind === 'needs-reauth' ? false : null;
  },
});
