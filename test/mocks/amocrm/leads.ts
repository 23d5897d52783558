/** Deals by their ids, and the change of their responsibles in one batch. A contact's change moves none of them. */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { CrmLead } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { idsOf } from './filter.ts';
import { hal, nothing, pageOf, selfLink } from './hal.ts';
import { invalid, noRights, problem, type Invalid } from './problem.ts';
import type { SignedIn } from './session.ts';

const LONGEST_PAGE = 250;

const batch = v.pipe(
  v.array(
    v.looseObject({
      id: v.number(),
      responsible_user_id: v.number(),
      request_id: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
    }),
  ),
  v.nonEmpty(),
);
type Batch = v.InferOutput<typeof batch>;

export const leadRoutes = (world: World, signedIn: SignedIn): RequestHandler[] => [
  http.get(
    '*/api/v4/leads',
    signedIn(({ request, query }) => {
      const ids = idsOf(query, 'filter[id]');
      const page = pageOf(
        [...world.crm.leads.values()].filter(lead => !ids || ids.has(lead.id)),
        request,
        LONGEST_PAGE,
      );
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const leads = page.items.map(lead => wireLead(world, lead));
      return hal({ _page: page.number, _links: page.links, _embedded: { leads } });
    }),
  ),
  http.patch(
    '*/api/v4/leads',
    signedIn(async ({ me, request }) => {
      const { success, output } = v.safeParse(batch, await request.json().catch(() => undefined));
      if (!success) return problem(400, 'Request data can not be empty');
      if (output.length > LONGEST_PAGE) return problem(422, `Limit ${LONGEST_PAGE} per page`);
      const errors = errorsIn(world, output);
      if (errors.size > 0) return invalid(errors);
      const results = output.map(one => world.crm.assignLead(me.id, one.id, one.responsible_user_id));
      world.changed();
      if (results.includes('no-rights')) return noRights();
      const leads = output.map(({ id }, at) => ({
        id,
        updated_at: world.crm.leads.get(id)?.updatedAt,
        request_id: requestIdOf(output, at),
        _links: selfLink(`${world.crm.account.origin}/api/v4/leads/${id}`),
      }));
      return hal({ _links: selfLink(request.url), _embedded: { leads } });
    }),
  ),
];

const requestIdOf = (given: Batch, at: number): string => given[at]?.request_id ?? String(at);

/** One wrong deal refuses the whole batch. */
function errorsIn({ crm }: World, given: Batch): ReadonlyMap<string, readonly Invalid[]> {
  return new Map(
    given.flatMap(({ id, responsible_user_id }, at) => {
      const errors: Invalid[] = [
        ...(crm.leads.has(id) ? [] : [{ path: 'id', code: 'NotFound', detail: 'Entity not found' }]),
        ...(crm.users.get(responsible_user_id)?.isActive ? [] : [{ path: 'responsible_user_id' }]),
      ];
      return errors.length > 0 ? [[requestIdOf(given, at), errors] as const] : [];
    }),
  );
}

function wireLead(world: World, lead: CrmLead): unknown {
  return {
    id: lead.id,
    name: lead.name,
    price: 0,
    responsible_user_id: lead.responsibleUserId,
    status_id: lead.statusId,
    pipeline_id: lead.pipelineId,
    updated_at: lead.updatedAt,
    closed_at: lead.closedAt,
    is_deleted: false,
    account_id: world.crm.account.id,
    _links: selfLink(`${world.crm.account.origin}/api/v4/leads/${lead.id}`),
  };
}
