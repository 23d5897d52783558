/**
 * The body of a hook: entity, action and items, with the account next to them. Companies are reported among the
 * contacts. A deletion contains only the id and the type.
 */
import type { CrmTask } from '../../world/activities.ts';
import type { Change } from '../../world/changes.ts';
import type { CrmCompany } from '../../world/companies.ts';
import type { Crm, CrmContact, CrmLead } from '../../world/crm.ts';
import type { HookAction } from '../../world/hooks.ts';
import type { HookContent, HookItem } from '../../world/deliveries.ts';
import type { Oddities } from '../../world/oddities.ts';
import { phpForm, type Nested } from './php-form.ts';

type Fields = { readonly [key: string]: Nested };

const KEY: Record<Change['entity'], string> = {
  contact: 'contacts',
  company: 'contacts',
  lead: 'leads',
  task: 'task',
};

export function hookBody(
  crm: Crm,
  { items }: HookContent,
  { hookWithoutAccount, hookWithoutAuthor }: Oddities,
): URLSearchParams {
  const { id, subdomain, origin } = crm.account;
  const told = hookWithoutAuthor ? items.map(withoutAuthor) : items;
  const entities: Record<string, Record<string, Nested[]>> = {};
  for (const { change, action } of told) {
    const actions = (entities[KEY[change.entity]] ??= {});
    (actions[action] ??= []).push(itemOf(crm, action, change));
  }
  const account = { subdomain, id, _links: { self: origin } };
  return phpForm({ ...entities, ...(!hookWithoutAccount && { account }) });
}

const withoutAuthor = ({ action, change }: HookItem): HookItem => ({
  action,
  change: { ...change, actorId: 0 },
});

function itemOf(crm: Crm, action: HookAction, change: Change): Fields {
  const { record, before } = change;
  if (action === 'delete') return goneItem(change);
  const old = {
    old_responsible_user_id:
      before && before.responsibleUserId !== record.responsibleUserId ? before.responsibleUserId : null,
    modified_user_id: change.actorId,
    account_id: crm.account.id,
  };
  switch (change.entity) {
    case 'task':
      return { ...taskItem(change.record), ...old };
    case 'lead':
      return { ...leadItem(change.record, change.before), ...old };
    case 'contact':
      return { ...contactItem(crm, change.record), ...old };
    case 'company':
      return { ...shared(change.record), ...old, type: 'company' };
  }
}

/** In the samples, a deleted deal has its status, a deleted contact or company its type. */
const goneItem = (change: Change): Fields =>
  change.entity === 'lead'
    ? { id: change.record.id, status_id: change.record.statusId }
    : { id: change.record.id, type: change.entity };

const shared = (record: CrmContact | CrmCompany | CrmLead): Fields => ({
  id: record.id,
  name: record.name,
  responsible_user_id: record.responsibleUserId,
  date_create: record.createdAt,
  last_modified: record.updatedAt,
  created_at: record.createdAt,
  updated_at: record.updatedAt,
});

function contactItem(crm: Crm, record: CrmContact): Fields {
  const leads = [...crm.leads.values()].filter(one => one.contactIds.includes(record.id) && !one.isDeleted);
  const custom: Nested[] = [
    ...(record.phones.length > 0
      ? [{ id: 1, name: 'Телефон', code: 'PHONE', values: valuesOf(record.phones, 5) }]
      : []),
    ...(record.emails.length > 0
      ? [{ id: 2, name: 'Email', code: 'EMAIL', values: valuesOf(record.emails, 6) }]
      : []),
  ];
  return {
    ...shared(record),
    created_user_id: record.createdBy,
    custom_fields: custom.length > 0 ? custom : null,
    linked_leads_id:
      leads.length > 0 ? Object.fromEntries(leads.map(({ id }) => [String(id), { ID: id }])) : null,
    type: 'contact',
  };
}

const valuesOf = (values: readonly string[], option: number): Nested[] =>
  values.map(value => ({ value, enum: option }));

const leadItem = (record: CrmLead, before: CrmLead | undefined): Fields => ({
  ...shared(record),
  status_id: record.statusId,
  old_status_id: before && before.statusId !== record.statusId ? before.statusId : null,
  pipeline_id: record.pipelineId,
  price: record.price,
  created_user_id: record.createdBy,
});

/** Its dates are texts, unlike all others. */
const taskItem = (task: CrmTask): Fields => ({
  id: task.id,
  element_id: task.entityId,
  element_type: task.entityType === 'contacts' ? 1 : 2,
  task_type: task.taskTypeId,
  text: task.text,
  responsible_user_id: task.responsibleUserId,
  date_create: dateOf(task.createdAt),
  last_modified: dateOf(task.updatedAt),
  complete_till: dateOf(task.completeTill),
  action_close: task.isCompleted,
  created_user_id: task.createdBy,
});

/** `Y-m-d H:i:s`. The time zone is not documented; here it is UTC. */
const dateOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
