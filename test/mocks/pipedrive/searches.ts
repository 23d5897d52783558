/**
 * Searches of v2: ten per two seconds; results contain phones as they were typed. How numbers are matched is not
 * documented.
 */
import type { Deal } from '../../world/pipedrive/deals.ts';
import type { Person } from '../../world/pipedrive/persons.ts';
import type { World } from '../../world/world.ts';
import { anything, oneOf, someOf, type Parameters } from '../parameters.ts';
import { limitOf, okWith } from './envelope.ts';
import { problem } from './problem.ts';
import { route, type Route, type Visit } from './route.ts';

const query: Parameters = { term: anything, exact_match: oneOf('true', 'false'), limit: anything };
const searching = { cost: 20, isSearch: true } as const;

export const searchRoutes = (world: World): Route[] => [
  route(
    'GET /api/v2/persons/search',
    {
      ...searching,
      scopes: ['search:read', 'contacts:read'],
      query: { ...query, fields: someOf('name', 'email', 'phone') },
    },
    visit => {
      const { company, me } = visit;
      const asked = visit.query.get('fields')?.split(',') ?? ['name', 'email', 'phone'];
      const shown = [...company.persons.values()].filter(
        one => !one.isDeleted && company.rights.sees(me.id, one),
      );
      return found(
        visit,
        shown,
        ({ name, emails, phones }, matches) =>
          (asked.includes('name') && matches(name)) ||
          (asked.includes('email') && emails.some(({ value }) => matches(value))) ||
          (asked.includes('phone') &&
            phones.some(({ value }) => matches(value) || isSameNumber(world, visit, value))),
        wireFoundPerson,
      );
    },
  ),
  route(
    'GET /api/v2/deals/search',
    { ...searching, scopes: ['search:read', 'deals:read'], query: { ...query, fields: someOf('title') } },
    visit => {
      const { company, me } = visit;
      const shown = [...company.deals.values()].filter(
        one => !one.isDeleted && company.rights.sees(me.id, one),
      );
      return found(visit, shown, ({ title }, matches) => matches(title), wireFoundDeal);
    },
  ),
];

/** Without a cursor, because no client needs more than one page of results. */
function found<T>(
  { query }: Visit,
  records: readonly T[],
  isHit: (record: T, matches: (text: string) => boolean) => boolean,
  wire: (record: T) => unknown,
): Response {
  const term = (query.get('term') ?? '').trim().toLowerCase();
  const isExact = query.get('exact_match') === 'true';
  if (term.length < (isExact ? 1 : 2)) return problem(400, 'Search term is too short');
  const limit = limitOf(query);
  if (limit instanceof Response) return limit;
  const matches = (text: string): boolean =>
    isExact ? text.toLowerCase() === term : text.toLowerCase().includes(term);
  const items = records.filter(one => isHit(one, matches)).slice(0, limit);
  return okWith({ items: items.map(one => ({ result_score: 0.5, item: wire(one) })) }, { next_cursor: null });
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

function isSameNumber(world: World, { query }: Visit, phone: string): boolean {
  const digits = digitsOf(query.get('term') ?? '');
  return (
    world.pipedrive.oddities.phoneSearch === 'by-digits' &&
    digits.length > 1 &&
    digitsOf(phone).includes(digits)
  );
}

const wireFoundPerson = ({ id, name, phones, emails, visibleTo, ownerId }: Person): unknown => ({
  id,
  type: 'person',
  name,
  phones: phones.map(({ value }) => value),
  emails: emails.map(({ value }) => value),
  primary_email: emails.find(({ primary }) => primary)?.value ?? null,
  visible_to: visibleTo,
  owner: { id: ownerId },
  organization: null,
  custom_fields: [],
  notes: [],
});

const wireFoundDeal = ({ id, title, status, visibleTo, ownerId, stageId, personId }: Deal): unknown => ({
  id,
  type: 'deal',
  title,
  status,
  visible_to: visibleTo,
  owner: { id: ownerId },
  stage: { id: stageId },
  person: personId === null ? null : { id: personId },
  organization: null,
  custom_fields: [],
  notes: [],
  is_archived: false,
});
