/** A deal as API v4 writes and reads it. The account has no custom fields for deals. */
import * as v from 'valibot';
import type { CrmLead, LeadChange } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { changeEntries, commonChange, commonErrors } from './change-wire.ts';
import { closestTask } from './closest-task.ts';
import { selfLink } from './hal.ts';
import type { Invalid } from './problem.ts';
import { fields } from '../fields.ts';

export const leadEntries = {
  ...changeEntries,
  price: v.optional(v.pipe(v.number(), v.integer())),
  status_id: v.optional(v.number()),
  pipeline_id: v.optional(v.number()),
};
const change = fields(leadEntries);
type Given = v.InferOutput<typeof change>;

export function leadErrors(world: World, given: Given, lead: CrmLead | undefined): Invalid[] {
  const { pipeline_id: pipelineId = lead?.pipelineId, status_id: statusId } = given;
  const pipeline = world.crm.pipelines.find(one => one.id === pipelineId);
  const isThere = statusId === undefined || pipeline?.statuses.some(one => one.id === statusId);
  return [
    ...commonErrors(world, 'leads', given),
    ...(pipeline || !lead ? [] : [{ path: 'pipeline_id' }]),
    ...(isThere || !lead ? [] : [{ path: 'status_id' }]),
  ];
}

/** A deal moved to another pipeline gets its first status by default. */
export function leadChange(world: World, lead: CrmLead, given: Given): LeadChange {
  const { price, pipeline_id: pipelineId = lead.pipelineId } = given;
  const first = world.crm.pipelines.find(one => one.id === pipelineId)?.statuses[0]?.id;
  const moved = pipelineId === lead.pipelineId ? lead.statusId : (first ?? lead.statusId);
  return {
    ...commonChange(world, 'leads', given, lead.tags),
    ...(price !== undefined && { price }),
    pipelineId,
    statusId: given.status_id ?? moved,
  };
}

export function wireLead(world: World, lead: CrmLead, related: readonly string[]): unknown {
  const { crm } = world;
  return {
    id: lead.id,
    name: lead.name,
    price: lead.price,
    responsible_user_id: lead.responsibleUserId,
    group_id: crm.users.get(lead.responsibleUserId)?.groupId ?? 0,
    status_id: lead.statusId,
    pipeline_id: lead.pipelineId,
    loss_reason_id: null,
    created_by: lead.createdBy,
    updated_by: lead.updatedBy,
    created_at: lead.createdAt,
    updated_at: lead.updatedAt,
    closed_at: lead.closedAt,
    closest_task_at: closestTask(world, { entityType: 'leads', entityId: lead.id }),
    is_deleted: lead.isDeleted,
    custom_fields_values: null,
    score: null,
    account_id: crm.account.id,
    _links: selfLink(`${crm.account.origin}/api/v4/leads/${lead.id}`),
    _embedded: {
      tags: lead.tags.map(({ id, name }) => ({ id, name, color: null })),
      companies: [],
      ...(related.includes('contacts') && { contacts: contactsOf(world, lead) }),
    },
  };
}

/** All linked contacts, whether or not the employee may see them; the first is the main one. */
const contactsOf = ({ crm }: World, { contactIds }: CrmLead): unknown =>
  contactIds
    .filter(id => crm.contacts.get(id)?.isDeleted === false)
    .map((id, at) => ({
      id,
      is_main: at === 0,
      _links: selfLink(`${crm.account.origin}/api/v4/contacts/${id}`),
    }));
