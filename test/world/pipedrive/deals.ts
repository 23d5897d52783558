/** A company's deals. A deal has one main person, or none, and others may take part in it. */
import type { Clock } from '../clock.ts';
import type { Actor, Changes } from './changes.ts';
import { createItems, type Item, type ItemRefusal, type Shared } from './items.ts';
import type { Pipeline, Stage } from './pipelines.ts';
import { everybody } from './plans.ts';

export type Deal = Item & {
  title: string;
  readonly creatorId: number;
  value: number;
  currency: string;
  /** The main person. */
  personId: number | null;
  /** The participants besides the main person. The deal's webhooks do not contain them. */
  participantIds: readonly number[];
  orgId: number | null;
  stageId: number;
  pipelineId: number;
  status: 'open' | 'won' | 'lost';
  isArchived: boolean;
};

/** All people of a deal, the main person first. Only samples show that the main person counts as a participant (inferred). */
export const peopleOf = ({ personId, participantIds }: Deal): readonly number[] => [
  ...new Set([...(personId === null ? [] : [personId]), ...participantIds]),
];

export type DealChange = Partial<
  Pick<
    Deal,
    | 'title'
    | 'ownerId'
    | 'value'
    | 'stageId'
    | 'pipelineId'
    | 'status'
    | 'visibleTo'
    | 'personId'
    | 'isArchived'
  >
>;
type DealDraft = Partial<Omit<Deal, 'id' | 'addTime' | 'updateTime'>> & {
  readonly title: string;
  readonly ownerId: number;
};

export type Deals = {
  readonly deals: Map<number, Deal>;
  readonly dealFor: (userId: number, id: number) => Deal | ItemRefusal;
  /** In the first stage of the first pipeline unless told. */
  readonly addDeal: (draft: DealDraft, actor?: Actor) => Deal;
  readonly changeDeal: (actor: Actor, id: number, change: DealChange) => Deal | ItemRefusal;
  readonly assignDeal: (actorId: number, id: number, toId: number) => Deal | ItemRefusal;
  readonly deleteDeal: (actorId: number, id: number) => Deal | ItemRefusal;
};

type Given = {
  readonly tell: Changes['tell'];
  readonly nextId: () => number;
  readonly pipelines: readonly Pipeline[];
  readonly stages: readonly Stage[];
};

export function createDeals(clock: Clock, shared: Shared, { tell, nextId, pipelines, stages }: Given): Deals {
  const items = createItems<Deal>(clock, shared, {
    kind: 'deal',
    fields: one => ({
      title: one.title,
      [shared.oddities.dealOwnerKey]: one.ownerId,
      value: one.value,
      stage_id: one.stageId,
      pipeline_id: one.pipelineId,
      status: one.status,
      visible_to: one.visibleTo,
    }),
    tell: (actor, action, before, record) => tell({ entity: 'deal', action, before, record, actor }),
  });
  return {
    deals: items.all,
    dealFor: items.find,
    addDeal({ title, ownerId, ...more }, actor = { userId: ownerId }) {
      const now = clock.now();
      const pipelineId = more.pipelineId ?? pipelines[0]?.id ?? 0;
      const record: Deal = {
        id: nextId(),
        title,
        creatorId: actor.userId,
        ownerId,
        followers: [],
        visibleTo: everybody(shared.plan()),
        value: 0,
        currency: 'EUR',
        personId: null,
        participantIds: [],
        orgId: null,
        stageId: stages.find(stage => stage.pipelineId === pipelineId)?.id ?? 0,
        pipelineId,
        status: 'open',
        isArchived: false,
        addTime: now,
        updateTime: now,
        isDeleted: false,
        ...more,
      };
      items.all.set(record.id, record);
      tell({ entity: 'deal', action: 'create', record, actor });
      return record;
    },
    changeDeal: items.change,
    assignDeal: (userId, id, ownerId) => items.change({ userId }, id, { ownerId }),
    deleteDeal: (userId, id) => items.remove({ userId }, id),
  };
}
