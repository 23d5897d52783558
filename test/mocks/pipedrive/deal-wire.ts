/** A deal as v2 writes and reads it. */
import * as v from 'valibot';
import type { Deal, DealChange } from '../../world/pipedrive/deals.ts';
import { fields } from '../fields.ts';
import { timeOf } from './envelope.ts';

export const wireDeal = (deal: Deal): Record<string, unknown> => ({
  id: deal.id,
  title: deal.title,
  creator_user_id: deal.creatorId,
  owner_id: deal.ownerId,
  value: deal.value,
  person_id: deal.personId,
  org_id: deal.orgId,
  stage_id: deal.stageId,
  pipeline_id: deal.pipelineId,
  currency: deal.currency,
  archive_time: deal.isArchived ? timeOf(deal.updateTime) : null,
  add_time: timeOf(deal.addTime),
  update_time: timeOf(deal.updateTime),
  stage_change_time: null,
  status: deal.status,
  is_archived: deal.isArchived,
  is_deleted: deal.isDeleted,
  probability: null,
  lost_reason: null,
  visible_to: deal.visibleTo,
  close_time: deal.status === 'open' ? null : timeOf(deal.updateTime),
  won_time: deal.status === 'won' ? timeOf(deal.updateTime) : null,
  lost_time: deal.status === 'lost' ? timeOf(deal.updateTime) : null,
  expected_close_date: null,
  label_ids: [],
  origin: 'ManuallyCreated',
  origin_id: null,
  channel: null,
  channel_id: null,
  acv: null,
  arr: null,
  mrr: null,
  custom_fields: {},
});

const integer = v.pipe(v.number(), v.integer());

export const dealChange = v.pipe(
  fields({
    title: v.exactOptional(v.pipe(v.string(), v.minLength(1))),
    owner_id: v.exactOptional(integer),
    value: v.exactOptional(v.number()),
    stage_id: v.exactOptional(integer),
    pipeline_id: v.exactOptional(integer),
    status: v.exactOptional(v.picklist(['open', 'won', 'lost'])),
    visible_to: v.exactOptional(integer),
  }),
  v.transform(({ owner_id, stage_id, pipeline_id, visible_to, ...same }): DealChange => ({
    ...same,
    ...(owner_id !== undefined && { ownerId: owner_id }),
    ...(stage_id !== undefined && { stageId: stage_id }),
    ...(pipeline_id !== undefined && { pipelineId: pipeline_id }),
    ...(visible_to !== undefined && { visibleTo: visible_to }),
  })),
);
