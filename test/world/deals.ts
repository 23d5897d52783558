/** The CRM's deals. Each belongs to somebody of its own: a contact's change of responsible moves none of them. */
import { seconds, type Clock } from './clock.ts';
import type { EventLog } from './event-log.ts';
import type { May, Refusal } from './rights.ts';

export type CrmLead = {
  readonly id: number;
  name: string;
  responsibleUserId: number;
  statusId: number;
  readonly pipelineId: number;
  /** The first is the main one. */
  contactIds: number[];
  updatedAt: number;
  closedAt: number | null;
  isDeleted: boolean;
};

export type CrmPipeline = {
  readonly id: number;
  name: string;
  readonly statuses: readonly { readonly id: number; readonly name: string }[];
};

export type Deals = {
  readonly leads: Map<number, CrmLead>;
  /** What the actor would be shown: deleted and hidden deals are absent alike. */
  readonly leadFor: (actorId: number, leadId: number) => CrmLead | undefined;
  readonly mayEditLead: (actorId: number, lead: CrmLead) => boolean;
  /** In the first status of the first pipeline. */
  readonly addLead: (name: string, contactIds: number[], responsibleUserId: number) => CrmLead;
  /** Changes the responsible as the actor; leaves an event when it changes anything. */
  readonly assignLead: (actorId: number, leadId: number, toId: number) => CrmLead | Refusal;
  /** Won and lost close it; any other status opens it again. */
  readonly moveLead: (actorId: number, leadId: number, statusId: number) => CrmLead | Refusal;
};

type Account = {
  readonly pipelines: readonly CrmPipeline[];
  readonly may: May;
  readonly known: (userId: number) => boolean;
  readonly record: EventLog['record'];
  readonly nextId: () => number;
};

/** Won and lost, in every pipeline. */
const CLOSING = new Set([142, 143]);

export function createDeals(clock: Clock, { pipelines, may, known, record, nextId }: Account): Deals {
  const leads = new Map<number, CrmLead>();
  const mayEditLead = (actorId: number, { responsibleUserId: ownerId }: CrmLead): boolean =>
    may(actorId, 'edit', { kind: 'leads', ownerId });
  const editableLead = (actorId: number, leadId: number): CrmLead | Refusal => {
    const lead = leads.get(leadId);
    if (!lead || lead.isDeleted) return 'not-found';
    return mayEditLead(actorId, lead) ? lead : 'no-rights';
  };

  return {
    leads,
    mayEditLead,
    leadFor(actorId, leadId) {
      const lead = leads.get(leadId);
      return lead &&
        !lead.isDeleted &&
        may(actorId, 'view', { kind: 'leads', ownerId: lead.responsibleUserId })
        ? lead
        : undefined;
    },
    addLead(name, contactIds, responsibleUserId) {
      const pipeline = pipelines[0];
      if (!pipeline?.statuses[0]) throw new Error('The world has no pipeline with a status');
      const lead: CrmLead = {
        id: nextId(),
        name,
        responsibleUserId,
        statusId: pipeline.statuses[0].id,
        pipelineId: pipeline.id,
        contactIds,
        updatedAt: seconds(clock),
        closedAt: null,
        isDeleted: false,
      };
      leads.set(lead.id, lead);
      return lead;
    },
    assignLead(actorId, leadId, toId) {
      const lead = editableLead(actorId, leadId);
      if (typeof lead === 'string') return lead;
      if (!known(toId)) return 'no-such-user';
      if (lead.responsibleUserId === toId) return lead;
      record({
        entityType: 'lead',
        entityId: lead.id,
        createdBy: actorId,
        before: lead.responsibleUserId,
        after: toId,
      });
      lead.responsibleUserId = toId;
      lead.updatedAt = seconds(clock);
      return lead;
    },
    moveLead(actorId, leadId, statusId) {
      const lead = editableLead(actorId, leadId);
      if (typeof lead === 'string') return lead;
      const now = seconds(clock);
      return Object.assign(lead, { statusId, updatedAt: now, closedAt: CLOSING.has(statusId) ? now : null });
    },
  };
}
