/** Deals: a list, or one deal with its contacts, and changes of one or of a batch. */
import * as v from 'valibot';
import type { CrmLead } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { batchOf, changeBatch } from './batch.ts';
import { idsOf, valuesOf } from './filter.ts';
import { hal, nothing, ordered, pageOf, selfLink, PAGING } from './hal.ts';
import { leadChange, leadEntries, leadErrors, wireLead } from './lead-wire.ts';
import { anything, direction, numbers, someOf } from '../parameters.ts';
import { empty, invalid, noRights, oneOnly, problem } from './problem.ts';
import { fields } from '../fields.ts';
import { route, type Route } from './route.ts';

const LONGEST_PAGE = 250;

const change = v.pipe(
  fields(leadEntries),
  v.check(given => Object.keys(given).length > 0),
);

export const leadRoutes = (world: World): Route[] => [
  route(
    'GET /api/v4/leads',
    {
      query: {
        ...PAGING,
        with: someOf('contacts'),
        query: anything,
        'order[id]': direction,
        'order[created_at]': direction,
        'order[updated_at]': direction,
        'filter[id]': numbers,
        'filter[responsible_user_id]': numbers,
      },
    },
    ({ me, request, query }) => {
      const shown = [...world.crm.leads.values()].filter(({ id }) => world.crm.leadFor(me.id, id));
      const found = shown.filter(lead => sought(query, lead) && passes(world, query, lead));
      const sorted = ordered(found, query, {
        id: one => one.id,
        created_at: one => one.createdAt,
        updated_at: one => one.updatedAt,
      });
      const page = pageOf(sorted, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const leads = page.items.map(lead => wireLead(world, lead, valuesOf(query, 'with')));
      return hal({ _page: page.number, _links: page.links, _embedded: { leads } });
    },
  ),
  route('GET /api/v4/leads/:id', { query: { with: someOf('contacts') } }, ({ me, params, query }) => {
    const lead = world.crm.leadFor(me.id, Number(params['id']));
    return lead ? hal(wireLead(world, lead, valuesOf(query, 'with'))) : nothing();
  }),
  route('PATCH /api/v4/leads', { body: batchOf(leadEntries), wrong: empty }, visit =>
    changeBatch(world, visit, {
      kind: 'leads',
      find: id => world.crm.leadFor(visit.me.id, id),
      mayEdit: lead => world.crm.mayEditLead(visit.me.id, lead),
      errorsIn: (given, lead) => leadErrors(world, given, lead),
      change: (lead, given) => world.crm.changeLead(visit.me.id, lead.id, leadChange(world, lead, given)),
      told: () => ({}),
    }),
  ),
  route('PATCH /api/v4/leads/:id', { body: change, wrong: oneOnly }, ({ me, params, body }) => {
    const lead = world.crm.leadFor(me.id, Number(params['id']));
    const errors = leadErrors(world, body, lead);
    if (errors.length > 0) return invalid(new Map([['0', errors]]));
    if (!lead) return problem(404, 'Not found');
    const changed = world.crm.changeLead(me.id, lead.id, leadChange(world, lead, body));
    if (typeof changed === 'string') return noRights();
    world.changed();
    const { id, updatedAt } = changed;
    return hal({
      id,
      updated_at: updatedAt,
      _links: selfLink(`${world.crm.account.origin}/api/v4/leads/${id}`),
    });
  }),
];

const sought = (query: URLSearchParams, { name }: CrmLead): boolean =>
  name.toLowerCase().includes((query.get('query') ?? '').toLowerCase());

/** As with contacts, an account without the paid option silently ignores every filter. */
function passes({ crm }: World, query: URLSearchParams, lead: CrmLead): boolean {
  if (!crm.account.filtersLists) return true;
  const among = (name: string, value: number): boolean => idsOf(query, name)?.has(value) ?? true;
  return among('filter[id]', lead.id) && among('filter[responsible_user_id]', lead.responsibleUserId);
}
