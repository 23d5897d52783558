/** Persons of v2: one, a list, and a change, which answers with the whole person. */
import type { World } from '../../world/world.ts';
import { cursorPage, ok } from './envelope.ts';
import { number } from '../parameters.ts';
import { changedPerson, personChange, wirePerson } from './person-wire.ts';
import { refused } from './refused.ts';
import { route, type Route } from './route.ts';
import { isListed, SEEKING, SORTING, soughtBy } from './sought.ts';

export const personRoutes = (world: World): Route[] => [
  route(
    'GET /api/v2/persons',
    { scopes: ['contacts:read'], cost: 10, query: { ...SEEKING, deal_id: number } },
    ({ company, me, query }) => {
      const isSought = soughtBy(query);
      if (isSought instanceof Response) return isSought;
      const deal = query.get('deal_id');
      const ofDeal = deal === null ? undefined : company.deals.get(Number(deal))?.personId;
      const found = [...company.persons.values()].filter(
        one =>
          isListed(world, one, query) &&
          company.rights.sees(me.id, one) &&
          (deal === null || one.id === ofDeal) &&
          isSought(one),
      );
      return cursorPage(world, found, query, SORTING, wirePerson);
    },
  ),
  route('GET /api/v2/persons/:id', { scopes: ['contacts:read'], cost: 1 }, ({ company, me, params }) => {
    const person = company.personFor(me.id, Number(params['id']));
    return typeof person === 'string' ? refused(world, 'person', person) : ok(wirePerson(person));
  }),
  route(
    'PATCH /api/v2/persons/:id',
    { scopes: ['contacts:full'], cost: 5, body: personChange },
    ({ company, actor, params, body }) => {
      const person = company.changePerson(actor, Number(params['id']), body);
      return typeof person === 'string' ? refused(world, 'person', person) : ok(changedPerson(person));
    },
  ),
];
