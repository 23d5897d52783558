/**
 * Contacts, one or a list: GET includes the owner; PATCH changes it, but its answer does not include it. A missing
 * contact and one hidden from the employee look the same; a missing right to edit is error 244.
 */
import * as v from 'valibot';
import type { CrmContact } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { batchOf, changeBatch } from './batch.ts';
import { commonErrors } from './change-wire.ts';
import { CONTACT_WITH, contactChange, contactChanged, contactEntries, wireContact } from './contact-wire.ts';
import { idsOf, valuesOf } from './filter.ts';
import { hal, nothing, ordered, pageOf, PAGING } from './hal.ts';
import { anything, direction, number, numbers, someOf } from '../parameters.ts';
import { empty, invalid, noRights, oneOnly, problem } from './problem.ts';
import { fields } from '../fields.ts';
import { route, type Route } from './route.ts';

const LONGEST_PAGE = 250;

const change = v.pipe(
  fields(contactEntries),
  v.check(given => Object.keys(given).length > 0),
);

export const contactRoutes = (world: World): Route[] => [
  route(
    'GET /api/v4/contacts',
    {
      query: {
        ...PAGING,
        with: someOf(...CONTACT_WITH),
        query: anything,
        'order[id]': direction,
        'order[updated_at]': direction,
        'filter[id]': numbers,
        'filter[responsible_user_id]': numbers,
        'filter[updated_at][from]': number,
        'filter[updated_at][to]': number,
      },
    },
    ({ me, request, query }) => {
      const shown = [...world.crm.contacts.values()].filter(({ id }) => world.crm.contactFor(me.id, id));
      const found = shown.filter(contact => sought(query, contact) && passes(world, query, contact));
      const sorted = ordered(found, query, { id: one => one.id, updated_at: one => one.updatedAt });
      const page = pageOf(sorted, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const contacts = page.items.map(contact => wireContact(world, contact, valuesOf(query, 'with')));
      return hal({ _page: page.number, _links: page.links, _embedded: { contacts } });
    },
  ),
  route('PATCH /api/v4/contacts', { body: batchOf(contactEntries), wrong: empty }, visit =>
    changeBatch(world, visit, {
      kind: 'contacts',
      find: id => world.crm.contactFor(visit.me.id, id),
      mayEdit: contact => world.crm.mayEdit(visit.me.id, contact),
      errorsIn: given => commonErrors(world, 'contacts', given),
      change: (contact, given) =>
        world.crm.changeContact(visit.me.id, contact.id, contactChange(world, contact, given)),
      told: ({ name }) => ({ name }),
    }),
  ),
  route('GET /api/v4/contacts/:id', { query: { with: someOf(...CONTACT_WITH) } }, ({ me, params, query }) => {
    const contact = world.crm.contactFor(me.id, Number(params['id']));
    return contact ? hal(wireContact(world, contact, valuesOf(query, 'with'))) : nothing();
  }),
  route('PATCH /api/v4/contacts/:id', { body: change, wrong: oneOnly }, ({ me, params, body }) => {
    const errors = commonErrors(world, 'contacts', body);
    if (errors.length > 0) return invalid(new Map([['0', errors]]));
    const contact = world.crm.contactFor(me.id, Number(params['id']));
    if (!contact) return problem(404, 'Not found');
    const changed = world.crm.changeContact(me.id, contact.id, contactChange(world, contact, body));
    if (typeof changed === 'string') return noRights();
    world.changed();
    return hal(contactChanged(world, changed));
  }),
];

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Searches parts of the contact's fields; in numbers, only digits count. */
function sought(query: URLSearchParams, { name, phones, emails }: CrmContact): boolean {
  const words = (query.get('query') ?? '').toLowerCase();
  const digits = digitsOf(words);
  return (
    [name, ...phones, ...emails].some(text => text.toLowerCase().includes(words)) ||
    (digits !== '' && phones.some(phone => digitsOf(phone).includes(digits)))
  );
}

/** An account without the paid option silently ignores every filter. */
function passes({ crm }: World, query: URLSearchParams, contact: CrmContact): boolean {
  if (!crm.account.filtersLists) return true;
  const among = (name: string, value: number): boolean => idsOf(query, name)?.has(value) ?? true;
  return (
    among('filter[id]', contact.id) &&
    among('filter[responsible_user_id]', contact.responsibleUserId) &&
    contact.updatedAt >= Number(query.get('filter[updated_at][from]') ?? -Infinity) &&
    contact.updatedAt <= Number(query.get('filter[updated_at][to]') ?? Infinity)
  );
}
