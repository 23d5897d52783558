/**
 * Contacts, one or a list of them: GET tells who is responsible, PATCH changes it and does not tell. A contact
 * that is missing and one that the employee may not see look alike; a missing right to edit is error 244.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { World } from '../../world/world.ts';
import { assignBatch } from './batch.ts';
import { contactChange, wireContact } from './contact-wire.ts';
import { idsOf } from './filter.ts';
import { hal, nothing, pageOf } from './hal.ts';
import { invalid, noRights, problem, type Invalid } from './problem.ts';
import type { SignedIn } from './session.ts';

const LONGEST_PAGE = 250;

const change = v.pipe(
  v.looseObject({
    responsible_user_id: v.optional(v.number()),
    created_by: v.optional(v.number()),
    updated_by: v.optional(v.number()),
  }),
  v.check(fields => Object.keys(fields).length > 0),
);

const withLeads = (query: URLSearchParams): boolean =>
  query.get('with')?.split(',').includes('leads') === true;

export const contactRoutes = (world: World, signedIn: SignedIn): RequestHandler[] => [
  http.get(
    '*/api/v4/contacts',
    signedIn(({ me, request, query }) => {
      const ids = idsOf(query, 'filter[id]');
      const found = [...world.crm.contacts.values()].filter(
        ({ id }) => ids?.has(id) !== false && world.crm.contactFor(me.id, id),
      );
      const page = pageOf(found, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const contacts = page.items.map(contact => wireContact(world, contact, withLeads(query)));
      return hal({ _page: page.number, _links: page.links, _embedded: { contacts } });
    }),
  ),
  http.patch(
    '*/api/v4/contacts',
    signedIn(visit =>
      assignBatch(world, visit, {
        kind: 'contacts',
        find: id => world.crm.contactFor(visit.me.id, id),
        mayEdit: contact => world.crm.mayEdit(visit.me.id, contact),
        assign: world.crm.assignContact,
        told: ({ name }) => ({ name }),
      }),
    ),
  ),
  http.get(
    '*/api/v4/contacts/:id',
    signedIn(({ me, params, query }) => {
      const contact = world.crm.contactFor(me.id, Number(params['id']));
      if (!contact) return nothing();
      return hal(wireContact(world, contact, withLeads(query)));
    }),
  ),
  http.patch(
    '*/api/v4/contacts/:id',
    signedIn(async ({ me, params, request }) => {
      const body: unknown = await request.json().catch(() => undefined);
      if (Array.isArray(body)) return problem(405, 'Method Not Allowed');
      const { success, output } = v.safeParse(change, body);
      if (!success) return problem(400, 'Request data can not be empty');
      const unknown = unknownPeople(world, output);
      if (unknown.length > 0) return invalid(new Map([['0', unknown]]));
      const contact = world.crm.contactFor(me.id, Number(params['id']));
      if (!contact) return problem(404, 'Not found');
      const changed = world.crm.assignContact(
        me.id,
        contact.id,
        output.responsible_user_id ?? contact.responsibleUserId,
      );
      if (typeof changed === 'string') return noRights();
      world.changed();
      return hal(contactChange(world, changed));
    }),
  ),
];

/** Whoever echoes a whole contact back meets this: people who have left are no valid authors either. */
function unknownPeople(world: World, body: v.InferOutput<typeof change>): Invalid[] {
  return (['responsible_user_id', 'created_by', 'updated_by'] as const).flatMap(path => {
    const id = body[path];
    return id === undefined || world.crm.users.get(id)?.isActive ? [] : [{ path }];
  });
}
