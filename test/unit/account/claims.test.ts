/** How the page asks for clients, reports its writes and reads the status of its claims. */
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClaimReport } from '../../../widget/account/claim.ts';
import { claimsServer } from '../../../widget/account/claims.ts';

const GATEWAY = 'https://chat.example.com';
const server = claimsServer({ gateway: GATEWAY, proof: async () => 'proof' });
const network = setupServer();
beforeEach(() => network.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  network.close();
  network.resetHandlers();
});

const claimed = {
  press: 'a-press',
  contact: '5',
  base: '8005',
  to: '8001',
  plan: { deals: null, note: null, task: null, answer: null, undoes: null },
};
const report: ClaimReport = { ...claimed, at: 1_762_000_000, outcome: 'written' };
const claim = {
  press: 'a-press',
  contact: '5',
  base: '8005',
  to: '8001',
  at: 1_762_000_000,
  state: 'stands',
  owner: '8001',
  since: 1_762_000_001,
  chat: { kind: 'known', notNumbers: ['call me'] },
  followUps: [
    {
      kind: 'deals',
      state: 'done',
      deals: [{ id: '7', name: 'Delivery', fate: 'moved', owner: '8001' }],
    },
    { kind: 'note', state: 'refused', deals: [] },
  ],
};

it('sends what the person has decided, and reads which claims are granted', async () => {
  let body: unknown;
  network.use(
    http.post(`${GATEWAY}/claims`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({
        claims: [
          { press: 'a-press', kind: 'granted' },
          { press: 'b', kind: 'held', by: '8002' },
          { press: 'c', kind: 'held', by: null },
          { press: 'd', kind: 'something newer' },
        ],
      });
    }),
  );
  expect(await server.grant([claimed])).toEqual([
    { press: 'a-press', kind: 'granted', by: null },
    { press: 'b', kind: 'held', by: '8002' },
    { press: 'c', kind: 'held', by: null },
  ]);
  expect(body).toEqual({ claims: [claimed] });
});

it('reports what was written, and reads the state of the claim', async () => {
  let body: unknown;
  network.use(
    http.post(`${GATEWAY}/claims/told`, async ({ request }) => {
      body = await request.json();
      return HttpResponse.json({ claims: [{ ...claim, more: 1 }, { press: 'odd' }] });
    }),
  );
  expect(await server.report([report])).toEqual([claim]);
  expect(body).toEqual({ claims: [report] });
});

it('reads the latest claim of a client, or that there is none', async () => {
  const answers = [{ claim }, { claim: null }];
  const asked: string[] = [];
  network.use(
    http.get(`${GATEWAY}/claims`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(answers.shift());
    }),
  );
  expect(await server.latest('5')).toEqual(claim);
  expect(await server.latest('5')).toBeNull();
  expect(asked).toEqual(['?contact=5', '?contact=5']);
});

it('reads missing fields of a claim as unknown', async () => {
  const { press, contact, to, state } = claim;
  const least = { press, contact, to, state };
  network.use(http.get(`${GATEWAY}/claims`, () => HttpResponse.json({ claim: least })));
  expect(await server.latest('5')).toEqual({
    ...least,
    base: null,
    at: 0,
    owner: null,
    since: null,
    chat: { kind: 'waiting', notNumbers: [] },
    followUps: [],
  });
});
