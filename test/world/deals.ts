/** The CRM's deals. Each has its own owner: changing a contact's owner moves none of them. */
import type { Changes } from './changes.ts';
import { seconds, type Clock } from './clock.ts';
import type { EventLog } from './event-log.ts';
import { changes } from './contacts.ts';
import type { May, Refusal } from './rights.ts';
import type { Tag } from './tags.ts';

export type CrmLead = {
  readonly id: number;
  name: string;
  responsibleUserId: number;
  statusId: number;
  pipelineId: number;
  price: number;
  tags: readonly Tag[];
  /** The first is the main contact. */
  contactIds: number[];
  /** 0 is the CRM's own robot. */
  createdBy: number;
  updatedBy: number;
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  isDeleted: boolean;
};

export type LeadChange = Partial<
  Pick<
    CrmLead,
    'name' | 'price' | 'responsibleUserId' | 'statusId' | 'pipelineId' | 'tags' | 'createdBy' | 'updatedBy'
  >
>;

export type CrmPipeline = {
  readonly id: number;
  name: string;
  readonly statuses: readonly { readonly id: number; readonly name: string }[];
};

export type Deals = {
  readonly leads: Map<number, CrmLead>;
  /** The deal as shown to the actor: deleted and hidden deals are both undefined. */
  readonly leadFor: (actorId: number, leadId: number) => CrmLead | undefined;
  readonly mayEditLead: (actorId: number, lead: CrmLead) => boolean;
  /** Added in the first status of the first pipeline, by default by the CRM's own robot. */
  readonly addLead: (
    name: string,
    contactIds: number[],
    responsibleUserId: number,
    authorId?: number,
  ) => CrmLead;
  /** The statuses "won" and "lost" close it; any other status opens it again. A change of owner leaves an event. */
  readonly changeLead: (actorId: number, leadId: number, change: LeadChange) => CrmLead | Refusal;
  readonly assignLead: (actorId: number, leadId: number, toId: number) => CrmLead | Refusal;
  readonly moveLead: (actorId: number, leadId: number, statusId: number) => CrmLead | Refusal;
};

type Account = {
  readonly pipelines: readonly CrmPipeline[];
  readonly may: May;
  readonly known: (userId: number) => boolean;
  readonly record: EventLog['record'];
  readonly nextId: () => number;
  readonly tell: Changes['tell'];
};

/** The statuses "won" and "lost" of every pipeline. */
const CLOSING = new Set([142, 143]);

export function createDeals(clock: Clock, { pipelines, may, known, record, nextId, tell }: Account): Deals {
  const leads = new Map<number, CrmLead>();
  const mayEditLead = (actorId: number, { responsibleUserId: ownerId }: CrmLead): boolean =>
    may(actorId, 'edit', { kind: 'leads', ownerId });
  const editableLead = (actorId: number, leadId: number): CrmLead | Refusal => {
    const lead = leads.get(leadId);
    if (!lead || lead.isDeleted) return 'not-found';
    return mayEditLead(actorId, lead) ? lead : 'no-rights';
  };

  const made: Deals = {
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
    addLead(name, contactIds, responsibleUserId, authorId = 0) {
      const pipeline = pipelines[0];
      if (!pipeline?.statuses[0]) throw new Error('The world has no pipeline with a status');
      const lead: CrmLead = {
        id: nextId(),
        name,
        responsibleUserId,
        statusId: pipeline.statuses[0].id,
        pipelineId: pipeline.id,
        price: 0,
        tags: [],
        contactIds,
        createdBy: authorId,
        updatedBy: authorId,
        createdAt: seconds(clock),
        updatedAt: seconds(clock),
        closedAt: null,
        isDeleted: false,
      };
      leads.set(lead.id, lead);
      tell({ entity: 'lead', record: lead, actorId: authorId });
      return lead;
    },
    changeLead(actorId, leadId, change) {
      const lead = editableLead(actorId, leadId);
      if (typeof lead === 'string') return lead;
      const { responsibleUserId: before, statusId } = lead;
      const { responsibleUserId: after = before, statusId: to = statusId } = change;
      if (after !== before && !known(after)) return 'no-such-user';
      if (!changes(lead, change)) return lead;
      if (after !== before) {
        record({ entityType: 'lead', entityId: lead.id, createdBy: actorId, before, after });
      }
      const now = seconds(clock);
      const closed = to === statusId ? {} : { closedAt: CLOSING.has(to) ? now : null };
      const was = { ...lead };
      Object.assign(lead, { updatedBy: actorId }, change, closed, { updatedAt: now });
      tell({ entity: 'lead', before: was, record: lead, actorId });
      return lead;
    },
    assignLead(actorId, leadId, toId) {
      const lead = editableLead(actorId, leadId);
      if (typeof lead === 'string') return lead;
      return known(toId) ? made.changeLead(actorId, leadId, { responsibleUserId: toId }) : 'no-such-user';
    },
    moveLead: (actorId, leadId, statusId) => made.changeLead(actorId, leadId, { statusId }),
  };
  return made;
}
