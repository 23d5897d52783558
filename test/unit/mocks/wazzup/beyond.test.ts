import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorld, SALES_CHANNEL, type World } from '../../../world/world.ts';
import { chatWith, json } from '../ask.ts';

const CHAT = { chatType: 'whatsapp', chatId: '79160000001' };
const CONTACT = { id: 'c-1', responsibleUserId: '1', name: 'Anna', contactData: [CHAT] };
const uri = 'https://crm.example.com/1';
const DEAL = { id: 'd-1', responsibleUserId: '1', name: 'Doors', uri, contacts: ['c-1'], closed: false };

/** Each route that takes a body, with a valid one. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /v3/users': [{ id: '1', name: 'Adam' }],
  'POST /v3/contacts': [CONTACT],
  'POST /v3/deals': [DEAL],
  'POST /v3/pipelines': [{ id: '1', name: 'Pipeline', stages: [{ id: '1', name: 'New' }] }],
  'POST /v3/message': { channelId: SALES_CHANNEL, ...CHAT, text: 'Hello' },
  'POST /v3/iframe': { user: { id: '1' }, scope: 'card', filter: [CHAT], activeChat: CHAT },
  'PATCH /v3/webhooks': { subscriptions: { channelsUpdates: false } },
  'POST /v3/marketplace': { crmCode: 'roles', secret: 'ours' },
  'POST /v3/connect': { state: 's', secret: 'ours' },
};
const READ = ['GET /v3/channels', 'GET /v3/users', 'GET /v3/contacts', 'GET /v3/deals', 'GET /v3/webhooks'];

const KNOWN = new Set(['id', 'name', 'phone', 'uri', 'offset', 'username']);
const word = fc.stringMatching(/^[a-zA-Z_]{1,12}$/).filter(one => !KNOWN.has(one));

function objectsIn(body: unknown): object[] {
  if (typeof body !== 'object' || body === null) return [];
  const inner = Object.values(body).flatMap(objectsIn);
  return Array.isArray(body) ? inner : [body, ...inner];
}

/** Expects a refusal after which the account is unchanged. */
async function refused(world: World, route: string, body?: unknown): Promise<void> {
  const { chat } = world;
  const kept = (): string =>
    JSON.stringify([
      ...chat.users,
      ...chat.contacts,
      ...chat.deals,
      chat.pipelines,
      chat.threads,
      chat.hooks.subscriptions,
    ]);
  const before = kept();
  const answer = await chatWith(world, 'v3')(route, body === undefined ? {} : json(body));
  expect([answer.status, kept()]).toEqual([501, before]);
}

describe('what the emulated chat service refuses as unknown', () => {
  it('is every field that is not in the body of its route, at any depth', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(BODIES)),
        word,
        fc.jsonValue(),
        fc.nat(),
        async (route, name, value, nth) => {
          const body = structuredClone(BODIES[route]);
          const places = objectsIn(body);
          const place = places[nth % places.length] ?? {};
          fc.pre(!(name in place));
          Object.defineProperty(place, name, { value, enumerable: true });
          const world = createWorld();
          await refused(world, route, body);
          expect(
            world.unhandledRequests.some(one => one.startsWith(`${route} {`) && one.includes(name)),
          ).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is every parameter that its route does not know', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...READ), word, fc.string(), async (route, name, value) => {
        const world = createWorld();
        await refused(world, `${route}?${new URLSearchParams([[name, value]])}`);
        expect(world.unhandledRequests).toEqual([`${route}?${name}`]);
      }),
      { numRuns: 100 },
    );
  });

  it('is every other route', async () => {
    const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE');
    await fc.assert(
      fc.asyncProperty(method, word, async (asked, name) => {
        const route = `${asked} /v3/${name}`;
        fc.pre(!(route in BODIES) && !READ.includes(route));
        const world = createWorld();
        await refused(world, route);
        expect(world.unhandledRequests.length).toBe(1);
      }),
      { numRuns: 100 },
    );
  });
});
