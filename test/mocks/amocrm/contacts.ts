/**
 * One contact: GET tells who is responsible, PATCH changes it and does not tell. A contact that is missing
 * and one that the employee may not see look alike; a missing right to edit is error 244.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { CrmContact } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { hal, nothing, selfLink } from './hal.ts';
import { invalid, noRights, problem, type Invalid } from './problem.ts';
import type { SignedIn } from './session.ts';

const change = v.pipe(
  v.looseObject({
    responsible_user_id: v.optional(v.number()),
    created_by: v.optional(v.number()),
    updated_by: v.optional(v.number()),
  }),
  v.check(fields => Object.keys(fields).length > 0),
);

export const contactRoutes = (world: World, signedIn: SignedIn): RequestHandler[] => [
  http.get(
    '*/api/v4/contacts/:id',
    signedIn(({ me, params, query }) => {
      const contact = world.crm.contactFor(me.id, Number(params['id']));
      if (!contact) return nothing();
      return hal(wireContact(world, contact, query.get('with')?.split(',').includes('leads') === true));
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
      return hal(changeAnswer(world, changed));
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

function changeAnswer(world: World, { id, name, updatedAt }: CrmContact): unknown {
  const contact = { id, name, updated_at: updatedAt, _links: linksTo(world, id) };
  return world.oddities.patchAnswer === 'plain' ? contact : { _embedded: { contacts: [contact] } };
}

function wireContact(world: World, contact: CrmContact, withLeads: boolean): unknown {
  const { crm } = world;
  const leads = [...crm.leads.values()].filter(lead => lead.contactIds.includes(contact.id));
  return {
    id: contact.id,
    name: contact.name,
    first_name: '',
    last_name: '',
    responsible_user_id: contact.responsibleUserId,
    group_id: crm.users.get(contact.responsibleUserId)?.groupId ?? 0,
    created_by: 0,
    updated_by: contact.responsibleUserId,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    is_deleted: false,
    is_unsorted: false,
    closest_task_at: null,
    custom_fields_values: contact.phones.length > 0 ? [phoneField(contact.phones)] : null,
    account_id: crm.account.id,
    _links: linksTo(world, contact.id),
    _embedded: {
      tags: [],
      companies: [],
      ...(withLeads && { leads: leads.map(({ id }) => ({ id, _links: linksTo(world, id, 'leads') })) }),
    },
  };
}

const phoneField = (phones: readonly string[]): unknown => ({
  field_id: 1,
  field_name: 'Телефон',
  field_code: 'PHONE',
  field_type: 'multitext',
  values: phones.map(value => ({ value, enum_id: 5, enum_code: 'WORK' })),
});

const linksTo = (world: World, id: number, entity = 'contacts'): unknown =>
  selfLink(`${world.crm.account.origin}/api/v4/${entity}/${id}`);
