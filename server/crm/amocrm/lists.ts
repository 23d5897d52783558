import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import { HOUR_SECONDS, type CrmLists, type CrmPipeline, type CrmRecord, type CrmUser } from '../lists.ts';
import { CrmUnavailable } from '../unanswered.ts';
import { CLOSED, linkedContacts, phoneFields, phonesIn } from './clients.ts';
import { id } from './ids.ts';

const PAGE = 250;
const MOST_PAGES = 2000;

const name = v.nullish(v.string(), '');
const user = v.pipe(
  v.object({
    id,
    name,
    rights: v.object({ is_active: v.boolean(), is_admin: v.optional(v.boolean(), false) }),
  }),
  v.transform(({ rights, ...one }): CrmUser => ({
    id: one.id,
    name: one.name ?? '',
    isActive: rights.is_active,
    isAdmin: rights.is_admin,
  })),
);
const record = v.pipe(
  v.object({ id, responsible_user_id: id, status_id: v.optional(id, ''), ...phoneFields, ...linkedContacts }),
  v.transform((one): CrmRecord => ({
    id: one.id,
    responsibleId: one.responsible_user_id,
    phones: phonesIn(one.custom_fields_values),
    contactIds: (one._embedded.contacts ?? []).map(contact => contact.id),
    isOpen: !CLOSED.has(one.status_id),
  })),
);
const named = v.pipe(
  v.object({ id, name }),
  v.transform(one => ({ id: one.id, name: one.name ?? '' })),
);
const pipeline = v.pipe(
  v.object({
    id,
    name,
    _embedded: v.optional(v.object({ statuses: v.optional(v.array(named), []) }), {}),
  }),
  v.transform(({ _embedded, ...one }): CrmPipeline => ({
    id: one.id,
    name: one.name ?? '',
    stages: _embedded.statuses ?? [],
  })),
);

const pageOf = <S extends v.GenericSchema>(item: S) =>
  v.nullable(v.object({ _embedded: v.record(v.string(), v.array(item)) }));

export function crmListsOf(crm: CrmApi, accountId: string, leaving: AbortSignal): CrmLists {
  async function page<S extends v.GenericSchema>(
    path: string,
    list: string,
    item: S,
  ): Promise<readonly v.InferOutput<S>[]> {
    const answer = await crm.ask(accountId, path, leaving);
    const { success, output } = v.safeParse(
      pageOf(item),
      answer.kind === 'answered' ? answer.json : undefined,
    );
    if (!success) throw new CrmUnavailable(`The CRM does not tell its ${list}`);
    return output?._embedded[list] ?? [];
  }
  async function all<S extends v.GenericSchema>(
    list: string,
    item: S,
    more = '',
  ): Promise<readonly v.InferOutput<S>[]> {
    const found: v.InferOutput<S>[] = [];
    for (let at = 1; at <= MOST_PAGES; at += 1) {
      const items = await page(`${list}?page=${at}&limit=${PAGE}${more}`, list, item);
      found.push(...items);
      if (items.length < PAGE) return found;
    }
    throw new CrmUnavailable(`The CRM’s ${list} do not come to an end`);
  }
  return {
    async users() {
      const users = await all('users', user);
      if (users.length === 0) throw new CrmUnavailable('The CRM has nobody who works in it');
      return users;
    },
    records: kind => (kind === 'deals' ? all('leads', record, '&with=contacts') : all('contacts', record)),
    pipelines: () => page('leads/pipelines', 'pipelines', pipeline),
    restSeconds: () => HOUR_SECONDS,
  };
}
