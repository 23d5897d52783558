/** A task as API v4 writes and reads it. */
import * as v from 'valibot';
import type { CrmTask, TaskChange, TaskDraft } from '../../world/activities.ts';
import type { World } from '../../world/world.ts';
import { requestId } from './batch.ts';
import { selfLink } from './hal.ts';

const draft = v.looseObject({
  text: v.pipe(v.string(), v.nonEmpty()),
  complete_till: v.pipe(v.number(), v.integer()),
  entity_id: v.number(),
  entity_type: v.picklist(['contacts', 'leads']),
  responsible_user_id: v.optional(v.number()),
  task_type_id: v.optional(v.number()),
  request_id: requestId,
});
export const taskDrafts = v.pipe(v.array(draft), v.nonEmpty());

const change = v.partial(
  v.object({
    text: v.pipe(v.string(), v.nonEmpty()),
    complete_till: v.pipe(v.number(), v.integer()),
    responsible_user_id: v.number(),
    is_completed: v.boolean(),
    result: v.object({ text: v.string() }),
  }),
);
export const taskChange = v.pipe(
  change,
  v.check(fields => Object.keys(fields).length > 0),
  v.transform((fields): TaskChange => ({
    ...(fields.text !== undefined && { text: fields.text }),
    ...(fields.complete_till !== undefined && { completeTill: fields.complete_till }),
    ...(fields.responsible_user_id !== undefined && { responsibleUserId: fields.responsible_user_id }),
    ...(fields.is_completed !== undefined && { isCompleted: fields.is_completed }),
    ...(fields.result !== undefined && { result: fields.result.text }),
  })),
);

/** Without a responsible it is its author's own. */
export const draftOf = (authorId: number, given: v.InferOutput<typeof draft>): TaskDraft => ({
  entityType: given.entity_type,
  entityId: given.entity_id,
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
  // As long as there is none, it is an empty list.
  result: task.result === null ? [] : { text: task.result },
  complete_till: task.completeTill,
  account_id: world.crm.account.id,
  _links: taskLinks(world, task.id),
});
