/** A contact as API v4 writes it. Phones are a custom field; deals come as bare ids, and only when asked for. */
import type { CrmContact } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { selfLink } from './hal.ts';

/** The answer to a change of one contact, in the form that this world has it. */
export function contactChange(world: World, { id, name, updatedAt }: CrmContact): unknown {
  const contact = { id, name, updated_at: updatedAt, _links: linksTo(world, id) };
  return world.oddities.patchAnswer === 'plain' ? contact : { _embedded: { contacts: [contact] } };
}

export function wireContact(world: World, contact: CrmContact, withLeads: boolean): unknown {
  const { crm } = world;
  const leads = [...crm.leads.values()].filter(lead => lead.contactIds.includes(contact.id));
  return {
    id: contact.id,
    name: contact.name,
    first_name: '',
    last_name: '',
    responsible_user_id: contact.responsibleUserId,
    group_id: crm.users.get(contact.responsibleUserId)?.groupId ?? 0,
    created_by: 0,
    updated_by: contact.responsibleUserId,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    is_deleted: false,
    is_unsorted: false,
    closest_task_at: closestTask(world, contact.id),
    custom_fields_values: contact.phones.length > 0 ? [phoneField(contact.phones)] : null,
    account_id: crm.account.id,
    _links: linksTo(world, contact.id),
    _embedded: {
      tags: [],
      companies: [],
      ...(withLeads && { leads: leads.map(({ id }) => ({ id, _links: linksTo(world, id, 'leads') })) }),
    },
  };
}

function closestTask({ crm }: World, contactId: number): number | null {
  const times = [...crm.tasks.values()]
    .filter(task => task.entityType === 'contacts' && task.entityId === contactId && !task.isCompleted)
    .map(task => task.completeTill);
  return times.length > 0 ? Math.min(...times) : null;
}

const phoneField = (phones: readonly string[]): unknown => ({
  field_id: 1,
  field_name: 'Телефон',
  field_code: 'PHONE',
  field_type: 'multitext',
  values: phones.map(value => ({ value, enum_id: 5, enum_code: 'WORK' })),
});

const linksTo = (world: World, id: number, entity = 'contacts'): unknown =>
  selfLink(`${world.crm.account.origin}/api/v4/${entity}/${id}`);
