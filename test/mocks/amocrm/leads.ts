/** Deals by their ids, one with its contacts, and the change of their responsibles in one batch. */
import { http, type RequestHandler } from 'msw';
import type { CrmLead } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { assignBatch } from './batch.ts';
import { idsOf } from './filter.ts';
import { hal, nothing, pageOf, selfLink } from './hal.ts';
import type { SignedIn } from './session.ts';

const LONGEST_PAGE = 250;

export const leadRoutes = (world: World, signedIn: SignedIn): RequestHandler[] => [
  http.get(
    '*/api/v4/leads',
    signedIn(({ me, request, query }) => {
      const ids = idsOf(query, 'filter[id]');
      const found = [...world.crm.leads.values()].filter(
        ({ id }) => ids?.has(id) !== false && world.crm.leadFor(me.id, id),
      );
      const page = pageOf(found, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const leads = page.items.map(lead => wireLead(world, lead));
      return hal({ _page: page.number, _links: page.links, _embedded: { leads } });
    }),
  ),
  http.get(
    '*/api/v4/leads/:id',
    signedIn(({ me, params, query }) => {
      const lead = world.crm.leadFor(me.id, Number(params['id']));
      if (!lead) return nothing();
      const withContacts = query.get('with')?.split(',').includes('contacts');
      return hal({
        ...wireLead(world, lead),
        _embedded: { tags: [], companies: [], ...(withContacts && { contacts: contactsOf(world, lead) }) },
      });
    }),
  ),
  http.patch(
    '*/api/v4/leads',
    signedIn(visit =>
      assignBatch(world, visit, {
        kind: 'leads',
        find: id => world.crm.leadFor(visit.me.id, id),
        mayEdit: lead => world.crm.mayEditLead(visit.me.id, lead),
        assign: world.crm.assignLead,
        told: () => ({}),
      }),
    ),
  ),
];

/** All that are linked, whether or not the employee may see them; the first is the main one. */
const contactsOf = ({ crm }: World, { contactIds }: CrmLead): unknown =>
  contactIds
    .filter(id => crm.contacts.get(id)?.isDeleted === false)
    .map((id, at) => ({
      id,
      is_main: at === 0,
      _links: selfLink(`${crm.account.origin}/api/v4/contacts/${id}`),
    }));

function wireLead({ crm }: World, lead: CrmLead): Record<string, unknown> {
  return {
    id: lead.id,
    name: lead.name,
    price: 0,
    responsible_user_id: lead.responsibleUserId,
    status_id: lead.statusId,
    pipeline_id: lead.pipelineId,
    updated_at: lead.updatedAt,
    closed_at: lead.closedAt,
    is_deleted: lead.isDeleted,
    account_id: crm.account.id,
    _links: selfLink(`${crm.account.origin}/api/v4/leads/${lead.id}`),
  };
}
