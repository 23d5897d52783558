/**
 * What the CRM sends to open pages over its socket. The channel names and the optional `old_value` are documented; the
 * rest of a message is not, so its whole format is defined here (inferred).
 */
import type { Change } from './changes.ts';
import type { CrmContact } from './contacts.ts';
import type { CrmLead } from './deals.ts';

export type Push = {
  readonly entity: 'contacts' | 'leads';
  readonly id: number;
  /** Only deals have one. */
  readonly pipelineId?: number;
  /** The field's name in API v4. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly by: number;
  /** The previous and the new owner: both receive it. */
  readonly ownerIds: readonly number[];
};

export type Tell = (push: Push) => void;

/** One push per changed field of a contact or deal. A new record is not open on any page yet. */
export function pushesOf(change: Change): Push[] {
  if (change.entity === 'contact' && change.before) {
    const { id } = change.record;
    return differing({ entity: 'contacts', id, by: change.actorId }, contact, change.before, change.record);
  }
  if (change.entity === 'lead' && change.before) {
    const { id, pipelineId } = change.record;
    return differing(
      { entity: 'leads', id, pipelineId, by: change.actorId },
      lead,
      change.before,
      change.record,
    );
  }
  return [];
}

function differing<T extends { readonly responsibleUserId: number }>(
  about: Pick<Push, 'entity' | 'id' | 'by' | 'pipelineId'>,
  wire: (record: T) => object,
  before: T,
  after: T,
): Push[] {
  const then = new Map<string, unknown>(Object.entries(wire(before)));
  return Object.entries(wire(after))
    .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(then.get(field)))
    .map(([field, value]) =>
      Object.assign({ ownerIds: [before.responsibleUserId, after.responsibleUserId] }, about, {
        field,
        before: then.get(field),
        after: value,
      }),
    );
}

const contact = ({ name, responsibleUserId, phones, emails, tags, isDeleted }: CrmContact): object => ({
  name,
  responsible_user_id: responsibleUserId,
  phones,
  emails,
  tags: tags.map(tag => tag.name),
  is_deleted: isDeleted,
});

const lead = ({ name, price, responsibleUserId, statusId, pipelineId, tags }: CrmLead): object => ({
  name,
  price,
  responsible_user_id: responsibleUserId,
  status_id: statusId,
  pipeline_id: pipelineId,
  tags: tags.map(tag => tag.name),
});

export const channelsOf = ({ entity, id, pipelineId }: Push): string[] => [
  `${entity}:card:${id}`,
  `${entity}:events`,
  ...(pipelineId === undefined ? [] : [`${entity}:pipeline:${pipelineId}`]),
];

/** The `payload` that a widget's callback receives. */
export const messageOf = ({ entity, id, field, before, after, by }: Push): object => ({
  body: {
    payload: { data: { params: { entity, id, field, old_value: before, value: after, user_id: by } } },
  },
});
