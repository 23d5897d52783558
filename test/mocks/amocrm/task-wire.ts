/** A task as API v4 writes and reads it. */
import * as v from 'valibot';
import type { CrmTask, TaskChange, TaskDraft } from '../../world/activities.ts';
import type { World } from '../../world/world.ts';
import { requestId } from './change-wire.ts';
import { selfLink } from './hal.ts';
import { fields } from '../fields.ts';

const draft = fields({
  text: v.pipe(v.string(), v.nonEmpty()),
  complete_till: v.pipe(v.number(), v.integer()),
  entity_id: v.nullish(v.number()),
  entity_type: v.nullish(v.picklist(['contacts', 'leads'])),
  /** 0 is the CRM's own robot. */
  created_by: v.optional(v.number()),
  responsible_user_id: v.optional(v.number()),
  task_type_id: v.optional(v.number()),
  request_id: requestId,
});
/** The subject is either complete or absent. */
const aboutOne = v.check(
  ({ entity_id, entity_type }: v.InferOutput<typeof draft>) => !entity_id === !entity_type,
);
export const taskDrafts = v.pipe(v.array(v.pipe(draft, aboutOne)), v.nonEmpty());

const change = v.partial(
  fields({
    text: v.pipe(v.string(), v.nonEmpty()),
    complete_till: v.pipe(v.number(), v.integer()),
    responsible_user_id: v.number(),
    is_completed: v.boolean(),
    result: fields({ text: v.string() }),
  }),
);
export const taskChange = v.pipe(
  change,
  v.check(given => Object.keys(given).length > 0),
  v.transform((given): TaskChange => ({
    ...(given.text !== undefined && { text: given.text }),
    ...(given.complete_till !== undefined && { completeTill: given.complete_till }),
    ...(given.responsible_user_id !== undefined && { responsibleUserId: given.responsible_user_id }),
    ...(given.is_completed !== undefined && { isCompleted: given.is_completed }),
    ...(given.result !== undefined && { result: given.result.text }),
  })),
);

/** Without a responsible person the task belongs to its author. */
export const draftOf = (authorId: number, given: v.InferOutput<typeof draft>): TaskDraft => ({
  ...(given.entity_type && given.entity_id
    ? { entityType: given.entity_type, entityId: given.entity_id }
    : { entityType: null, entityId: null }),
  text: given.text,
  completeTill: given.complete_till,
  responsibleUserId: given.responsible_user_id ?? authorId,
  ...(given.task_type_id !== undefined && { taskTypeId: given.task_type_id }),
});

export const taskLinks = ({ crm }: World, id: number): unknown =>
  selfLink(`${crm.account.origin}/api/v4/tasks/${id}`);

export const wireTask = (world: World, task: CrmTask): unknown => ({
  id: task.id,
  created_by: task.createdBy,
  updated_by: task.createdBy,
  created_at: task.createdAt,
  updated_at: task.updatedAt,
  responsible_user_id: task.responsibleUserId,
  group_id: world.crm.users.get(task.responsibleUserId)?.groupId ?? 0,
  entity_id: task.entityId,
  entity_type: task.entityType,
  duration: 0,
  is_completed: task.isCompleted,
  task_type_id: task.taskTypeId,
  text: task.text,
  // Without a result, the API returns an empty list.
  result: task.result === null ? [] : { text: task.result },
  complete_till: task.completeTill,
  account_id: world.crm.account.id,
  _links: taskLinks(world, task.id),
});
