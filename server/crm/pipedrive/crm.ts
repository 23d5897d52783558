/** Pipedrive's implementation of `Crm`. */
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { Crm } from '../crm.ts';
import { actingOf } from './acting.ts';
import { cards } from './cards.ts';
import { changesThrough } from './changes.ts';
import { clientsOf } from './clients.ts';
import { hooksThrough } from './hooks.ts';
import { recordId } from './ids.ts';
import { listsOf } from './lists.ts';
import { ownersOf } from './owners.ts';
import { user } from './person.ts';
import { recordsOf } from './records.ts';
import { spendingOf } from './spending.ts';
import { takingOf } from './taking.ts';
import { tasksOf } from './tasks.ts';

const employee = v.object({ data: user });

export const pipedriveThrough = (api: CrmApi): Crm => ({
  clients: (accountId, leaving) => clientsOf(api, accountId, leaving),
  lists: (accountId, leaving, { sparing } = { sparing: false }) =>
    listsOf(spendingOf(api, { sparing }), accountId, leaving),
  records: accountId => recordsOf(api, accountId),
  acting: (accountId, leaving) => actingOf(api, accountId, leaving),
  owners: (accountId, given) => ownersOf(api, accountId, given),
  tasks: (accountId, leaving) => tasksOf(api, accountId, leaving),
  taking: (accountId, leaving) => takingOf(api, accountId, leaving),
  cards,
  changes: changesThrough(api),
  hooks: hooksThrough(api),
  async isAdministrator(accountId, employeeId, patience) {
    const path = recordId(employeeId);
    if (path === null) return false;
    const answer = await api.ask(accountId, `v1/users/${path}`, patience).catch(() => null);
    const read = v.safeParse(employee, answer?.kind === 'answered' ? answer.json : null);
    return read.success ? read.output.data.isAdmin && read.output.data.isActive : null;
  },
  async letsIn(accountId, leaving) {
    const { kind } = await api.ask(accountId, 'v1/users/me', leaving);
    return kind === 'answered' ? true : kind === 'needs-reauth' ? false : null;
  },
});
