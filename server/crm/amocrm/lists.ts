/** Whole lists of the CRM, as the server reads them for the account itself. Half of a list would take people and clients for deleted. */
import * as v from 'valibot';
import type { CrmApi } from './api.ts';
import { CrmUnavailable, linkedContacts, phoneFields, phonesIn } from './clients.ts';
import { id } from './ids.ts';

export type CrmLists = {
  readonly users: () => Promise<readonly CrmUser[]>;
  readonly records: (kind: 'contacts' | 'leads') => Promise<readonly CrmRecord[]>;
  readonly pipelines: () => Promise<readonly CrmPipeline[]>;
};

const PAGE = 250;
const MOST_PAGES = 2000;

const name = v.nullish(v.string(), '');
const named = v.object({ id, name });
const user = v.object({
  id,
  name,
  rights: v.object({ is_active: v.boolean(), is_admin: v.optional(v.boolean(), false) }),
});
const record = v.pipe(
  v.object({ id, responsible_user_id: id, status_id: v.optional(id, ''), ...phoneFields, ...linkedContacts }),
  v.transform(({ custom_fields_values, _embedded, ...one }) => ({
    ...one,
    phones: phonesIn(custom_fields_values),
    contactIds: (_embedded.contacts ?? []).map(contact => contact.id),
  })),
);
const pipeline = v.object({
  id,
  name,
  _embedded: v.optional(v.object({ statuses: v.optional(v.array(named), []) }), {}),
});
export type CrmUser = v.InferOutput<typeof user>;
export type CrmRecord = v.InferOutput<typeof record>;
export type CrmPipeline = v.InferOutput<typeof pipeline>;

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
    records: kind => all(kind, record, kind === 'leads' ? '&with=contacts' : ''),
    pipelines: () => page('leads/pipelines', 'pipelines', pipeline),
  };
}
