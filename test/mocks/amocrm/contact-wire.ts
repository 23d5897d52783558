/** A contact as API v4 writes and reads it. Phones and addresses are custom fields, the only ones in this account. */
import * as v from 'valibot';
import type { ContactChange, CrmContact } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { changeEntries, commonChange } from './change-wire.ts';
import { closestTask } from './closest-task.ts';
import { selfLink } from './hal.ts';
import { fields } from '../fields.ts';

const PHONE = { id: 1, name: 'Телефон', code: 'PHONE', enumId: 5, of: 'phones' } as const;
const EMAIL = { id: 2, name: 'Email', code: 'EMAIL', enumId: 6, of: 'emails' } as const;
const FIELDS = [PHONE, EMAIL] as const;

/** Every number has the kind "work" here; another kind would be lost. */
const fieldValue = fields({
  value: v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.nonEmpty()),
  enum_code: v.optional(v.picklist(['WORK'])),
  enum_id: v.optional(v.picklist([PHONE.enumId, EMAIL.enumId])),
});
const customField = fields({
  field_id: v.optional(v.picklist([PHONE.id, EMAIL.id])),
  field_code: v.optional(v.picklist([PHONE.code, EMAIL.code])),
  values: v.pipe(v.array(fieldValue), v.nonEmpty()),
});

export const contactEntries = {
  ...changeEntries,
  custom_fields_values: v.optional(v.array(v.pipe(customField, v.check(isOne)))),
};
const change = fields(contactEntries);

/** Whether the field is identified by its id, its code, or both. */
function isOne(given: v.InferOutput<typeof customField>): boolean {
  return fieldOf(given) !== undefined;
}

const fieldOf = ({ field_id: id, field_code: code }: v.InferOutput<typeof customField>) =>
  id === undefined && code === undefined
    ? undefined
    : FIELDS.find(one => (id ?? one.id) === one.id && (code ?? one.code) === one.code);

/** A field that is given gets exactly these values; the others keep theirs. */
export function contactChange(
  world: World,
  { tags }: CrmContact,
  given: v.InferOutput<typeof change>,
): ContactChange {
  const named = (given.custom_fields_values ?? []).map(one => {
    const values = one.values.map(({ value }) => value);
    return fieldOf(one) === PHONE ? { phones: values } : { emails: values };
  });
  return Object.assign({}, commonChange(world, 'contacts', given, tags), ...named);
}

/** The answer to a change of one contact, in the format chosen by the world's oddities. */
export function contactChanged(world: World, { id, name, updatedAt }: CrmContact): unknown {
  const contact = { id, name, updated_at: updatedAt, _links: linksTo(world, id) };
  return world.oddities.patchAnswer === 'plain' ? contact : { _embedded: { contacts: [contact] } };
}

/** The optional parts of a contact's answer. */
export const CONTACT_WITH = ['leads', 'customers', 'catalog_elements'];

export function wireContact(world: World, contact: CrmContact, related: readonly string[]): unknown {
  const { crm } = world;
  const leads = [...crm.leads.values()].filter(lead => lead.contactIds.includes(contact.id));
  const values = FIELDS.filter(({ of }) => contact[of].length > 0).map(field => wireField(field, contact));
  return {
    id: contact.id,
    name: contact.name,
    first_name: '',
    last_name: '',
    responsible_user_id: contact.responsibleUserId,
    group_id: crm.users.get(contact.responsibleUserId)?.groupId ?? 0,
    created_by: contact.createdBy,
    updated_by: contact.updatedBy,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    is_deleted: false,
    is_unsorted: false,
    closest_task_at: closestTask(world, { entityType: 'contacts', entityId: contact.id }),
    custom_fields_values: values.length > 0 ? values : null,
    account_id: crm.account.id,
    _links: linksTo(world, contact.id),
    _embedded: {
      tags: contact.tags.map(({ id, name }) => ({ id, name, color: null })),
      companies: [],
      ...(related.includes('leads') && {
        leads: leads.map(({ id }) => ({ id, _links: linksTo(world, id, 'leads') })),
      }),
      // The account has neither.
      ...(related.includes('customers') && { customers: [] }),
      ...(related.includes('catalog_elements') && { catalog_elements: [] }),
    },
  };
}

const wireField = (
  { id, name, code, enumId, of }: (typeof FIELDS)[number],
  contact: CrmContact,
): unknown => ({
  field_id: id,
  field_name: name,
  field_code: code,
  field_type: 'multitext',
  values: contact[of].map(value => ({ value, enum_id: enumId, enum_code: 'WORK' })),
});

const linksTo = (world: World, id: number, entity = 'contacts'): unknown =>
  selfLink(`${world.crm.account.origin}/api/v4/${entity}/${id}`);
