import * as v from 'valibot';
import { id } from './ids.ts';

/** A: all, G: those of their group, M: only their own, D: denied. */
export type Letter = 'A' | 'G' | 'M' | 'D';
/** An employee with their rights, as the CRM shows them to administrators. */
export type CrmEmployee = v.InferOutput<typeof personIn>;

/** An unknown letter allows nothing. */
const letter = v.fallback(v.picklist(['A', 'G', 'M', 'D']), 'D');
const right = v.object({ view: letter, edit: letter });
const stage = v.pipe(
  v.object({ entity_type: v.string(), pipeline_id: id, status_id: id, rights: right }),
  v.transform(({ entity_type, pipeline_id, status_id, rights }) => ({
    of: entity_type,
    pipelineId: pipeline_id,
    stageId: status_id,
    ...rights,
  })),
);

export const personIn = v.pipe(
  v.object({
    id,
    name: v.nullish(v.string(), ''),
    rights: v.object({
      contacts: right,
      leads: right,
      tasks: v.optional(v.object({ edit: letter }), { edit: 'A' }),
      status_rights: v.nullish(v.array(stage), []),
      is_active: v.boolean(),
      is_admin: v.optional(v.boolean(), false),
      is_free: v.optional(v.boolean(), false),
      group_id: v.nullish(id, null),
    }),
  }),
  v.transform(one => ({
    id: one.id,
    name: one.name ?? '',
    active: one.rights.is_active,
    isAdmin: one.rights.is_admin,
    /** Nobody can act as a user of the CRM's free plan. */
    isFree: one.rights.is_free,
    /** Null: the group that every account has. */
    groupId: one.rights.group_id ?? null,
    contacts: one.rights.contacts,
    deals: one.rights.leads,
    tasks: one.rights.tasks,
    /** Separate rights for deals in some stages. */
    stages: (one.rights.status_rights ?? []).filter(({ of }) => of === 'leads'),
  })),
);
