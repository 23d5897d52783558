import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { crmRoutes } from '../../../mocks/amocrm/handlers.ts';
import { route, type Route } from '../../../mocks/amocrm/route.ts';
import { ADMIN, NOBODY } from '../../../world/people.ts';
import { createWorld, type World } from '../../../world/world.ts';
import { told } from '../../told.ts';
import { crmAs, json, type Ask, type Asking } from '../ask.ts';

const refusal = v.object({ status: v.literal(501), lacking: v.array(v.string()) });

/** An account with one of each record. A refused request changes nothing in it, so all cases share it. */
const { world, ask, at } = furnished();

function furnished(): { readonly world: World; readonly ask: Ask; readonly at: (on: Route['on']) => string } {
  const world = createWorld();
  const contact = world.crm.addContact('Anna', ['+7 916 000-00-01'], NOBODY);
  const lead = world.crm.addLead('Doors', [contact.id], NOBODY);
  const about = { entityType: 'contacts', entityId: contact.id } as const;
  const task = world.crm.writeTask(ADMIN, {
    ...about,
    text: 'Call',
    responsibleUserId: ADMIN,
    completeTill: 1_800_000_000,
  });
  const ids: readonly (readonly [RegExp, number])[] = [
    [/\/contacts\//, contact.id],
    [/\/leads\//, lead.id],
    [/\/tasks\//, task.id],
    [/\/users\//, ADMIN],
  ];
  const at = (on: Route['on']): string =>
    on
      .replace(':id', String(ids.find(([place]) => place.test(on))?.[1] ?? 1))
      .replace(':uuid', world.crm.integration.uuid)
      .replace(':code', world.crm.integration.code);
  return { world, ask: crmAs(world, ADMIN), at };
}

/** A valid body for each route that takes one. */
const BODIES: Readonly<Record<string, unknown>> = {
  'PATCH /api/v4/contacts': [
    {
      id: 1,
      name: 'Anna',
      custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '1' }] }],
      _embedded: { tags: [{ name: 'x' }] },
    },
  ],
  'PATCH /api/v4/contacts/:id': {
    responsible_user_id: ADMIN,
    custom_fields_values: [{ field_id: 2, values: [{ value: 'a@example.com', enum_code: 'WORK' }] }],
  },
  'PATCH /api/v4/leads': [{ id: 1, name: 'Doors', price: 5, tags_to_add: [{ name: 'x' }] }],
  'PATCH /api/v4/leads/:id': { status_id: 142 },
  'POST /api/v4/contacts/:id/notes': [{ note_type: 'common', params: { text: 'Text' } }],
  'POST /api/v4/leads/:id/notes': [{ note_type: 'common', params: { text: 'Text' } }],
  'POST /api/v4/tasks': [{ text: 'Call', complete_till: 1_800_000_000 }],
  'PATCH /api/v4/tasks/:id': { is_completed: true, result: { text: 'Done' } },
  'POST /api/v4/webhooks': { destination: 'https://app.example.com/hooks', settings: ['add_contact'] },
  'DELETE /api/v4/webhooks': { destination: 'https://app.example.com/hooks' },
};

const TABLE = crmRoutes(world);
const written = TABLE.filter(({ body }) => body === 'json');

/** Words from the CRM's own documents, and some others. */
const SPOKEN =
  'contacts leads companies customers custom_fields tags notes chats unsorted loss_reasons catalogs elements links ' +
  'sources webhooks widgets talks roles name first_name price company_id loss_reason_id is_deleted visitor_uid uuid ' +
  'filter[name] filter[statuses][0][status_id] order[complete_till] with query page 1 42 -1 1.5 id ' +
  '__proto__ constructor toString';
const word = fc.oneof(
  fc.constantFrom(...SPOKEN.split(' ')),
  fc.stringMatching(/^[a-z_0-9]{1,12}$/),
  fc.stringMatching(/^filter\[[a-z_]{1,8}\](\[[a-z]{1,4}\])?$/),
);

/** What the refusal names; the account is unchanged after it. */
async function refused(asked: string, asking?: Asking): Promise<readonly string[]> {
  world.unhandledRequests.length = 0;
  const kept = (): string => JSON.stringify([[...world.crm.contacts], [...world.crm.leads], world.crm.notes]);
  const before = kept();
  const { lacking } = await told(await ask(asked, asking), refusal);
  expect(kept()).toBe(before);
  expect(world.unhandledRequests).toEqual(lacking);
  return lacking;
}

describe('what the emulated CRM refuses as unknown', () => {
  it('is every route that is not in its table', async () => {
    const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE');
    const path = fc.array(word.map(encodeURIComponent), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(method, path, async (asked, parts) => {
        const route = `${asked} ${new URL(`https://x/api/v4/${parts.join('/')}`).pathname}`;
        const known = TABLE.some(({ on }) => {
          const [first = '', last] = on.split(':id');
          const rest = route.slice(first.length);
          return last === undefined
            ? route === at(on)
            : route.startsWith(first) && /^\d+/.test(rest) && rest.replace(/^\d+/, '') === last;
        });
        fc.pre(!known);
        expect(await refused(route)).toEqual([route]);
      }),
      { numRuns: 400 },
    );
  });

  it('is every parameter that is not in the row of its route', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...TABLE), word, fc.string(), async (row, name, value) => {
        fc.pre(!Object.hasOwn(row.query, name));
        const query = new URLSearchParams([[name, value]]);
        const names = await refused(`${at(row.on)}?${String(query)}`);
        expect(names).toContain(`${row.on}?${name}`);
      }),
      { numRuns: 300 },
    );
  });

  it('is every field that is not in the body of its route, at any depth', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...written),
        word,
        fc.jsonValue(),
        fc.nat(),
        async ({ on }, name, value, nth) => {
          const body = structuredClone(BODIES[on]);
          const objects = objectsIn(body);
          const place = objects[nth % objects.length];
          if (!place) throw new Error(`No body for ${on}`);
          fc.pre(!KNOWN_FIELDS.has(name));
          Object.defineProperty(place, name, { value, enumerable: true });
          const names = await refused(at(on), json(body));
          expect(names.some(one => one.startsWith(`${on} {`) && one.includes(name))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is tried with a body for every route that takes one', () => {
    expect(written.map(({ on }) => on).toSorted()).toEqual(Object.keys(BODIES).toSorted());
  });
});

/** Fields that some object in some body has. */
const KNOWN_FIELDS = new Set(['id', 'name', 'price', 'tags']);

function objectsIn(body: unknown): Record<string, unknown>[] {
  if (Array.isArray(body)) return body.flatMap(objectsIn);
  if (typeof body !== 'object' || body === null) return [];
  const record: Record<string, unknown> = Object.assign(body);
  return [record, ...Object.values(body).flatMap(objectsIn)];
}

it.each([
  'GET /api/v4/contacts/custom_fields',
  'GET /api/v4/contacts/tags',
  'GET /api/v4/contacts/notes',
  'GET /api/v4/contacts/chats',
  'GET /api/v4/leads/unsorted',
  'GET /api/v4/leads/custom_fields',
  'GET /api/v4/leads/loss_reasons',
  'DELETE /api/v4/contacts/1',
])('%s is refused and named', async route => {
  expect(await refused(route)).toEqual([route]);
});

it.each([
  ['GET /api/v4/contacts?with=leads,chats', 'GET /api/v4/contacts?with=chats'],
  ['GET /api/v4/contacts?order[updated_at]=sideways', 'GET /api/v4/contacts?order[updated_at]=sideways'],
  ['GET /api/v4/contacts?filter[id][]=all', 'GET /api/v4/contacts?filter[id][]=all'],
  ['GET /api/v4/contacts?page=1&page=2', 'GET /api/v4/contacts?page twice'],
  ['GET /api/v4/events?filter[type]=lead_added', 'GET /api/v4/events?filter[type]=lead_added'],
])('%s is refused, and names the value that is not emulated', async (route, name) => {
  expect(await refused(route)).toEqual([name]);
});

it.each([
  [
    'POST',
    'contacts/:id/notes',
    [{ note_type: 'call_in', params: { text: 'Text' } }],
    '[].note_type: "call_in"',
  ],
  [
    'PATCH',
    'contacts/:id',
    { custom_fields_values: [{ field_id: 7, values: [{ value: 'x' }] }] },
    'custom_fields_values.[].field_id: 7',
  ],
  [
    'POST',
    'tasks',
    [{ text: 'a', complete_till: 1, entity_id: 1, entity_type: 'companies' }],
    '[].entity_type: "companies"',
  ],
])('%s %s is refused completely for a value that is not emulated', async (method, path, body, name) => {
  const on = TABLE.find(row => row.on === `${method} /api/v4/${path}`)?.on;
  if (!on) throw new Error('No such route');
  expect(await refused(at(on), json(body))).toEqual([`${on} {${name}}`]);
});

it('refuses a body for a route that takes none', () => {
  const row = route('DELETE /api/v4/contacts/:id', {}, () => new Response());
  expect([row.beyond(undefined), row.beyond('text')]).toEqual([[], ['a body']]);
});
