/** How the page asks the server for a check and waits for its end. */
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clientsServer } from '../../../widget/account/clients.ts';
import { PEOPLE_LIMIT } from '../../../widget/chat/chat.ts';
import { hurried, hurry } from '../../support/hurried.ts';

const GATEWAY = 'https://chat.example.com';
const ALIKE = {
  known: 3,
  waiting: 0,
  failed: 0,
  held: 0,
  checkedAt: '2026-01-01T10:00:00.000Z',
  pipelines: 1,
  people: null,
  peopleKnown: null,
  problem: null,
};
const network = setupServer();
beforeEach(() => {
  hurry();
  network.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  network.close();
  network.resetHandlers();
  vi.useRealTimers();
});

/** A server whose check has ended after this many looks. */
function ending(afterLooks: number, problem: string | null): void {
  let looks = -1;
  network.use(
    http.get(`${GATEWAY}/clients`, () => {
      looks += 1;
      const hasEnded = looks >= afterLooks;
      return HttpResponse.json(hasEnded ? { ...ALIKE, checkedAt: 'later', problem } : ALIKE);
    }),
    http.post(`${GATEWAY}/clients/check`, () => new HttpResponse(null, { status: 202 })),
  );
}
const check = (onWait = (): void => undefined) =>
  hurried(
    clientsServer({ gateway: GATEWAY, proof: async () => 'proof' }).check(
      new AbortController().signal,
      onWait,
    ),
  );

it('waits until a check has ended, and reports each look that finds it still running', async () => {
  ending(3, null);
  const onWait = vi.fn<() => void>();
  expect(await check(onWait)).toMatchObject({ known: 3, pipelines: 1, people: null, problem: null });
  expect(onWait).toHaveBeenCalledTimes(3);
});

it.each([
  ['people-limit', { code: 'refused', service: 'chat', reason: PEOPLE_LIMIT }],
  ['crm', { code: 'down', service: 'crm' }],
  ['chat', { code: 'down', service: 'chat' }],
  ['something newer', { code: 'down', service: 'chat' }],
])('turns a problem of the check into a failure: %s', async (problem, failure) => {
  ending(1, problem);
  expect(await check()).toMatchObject({ known: 3, problem: failure });
});

it('returns null when the server has no check', async () => {
  network.use(http.get(`${GATEWAY}/clients`, () => new HttpResponse(null, { status: 404 })));
  expect(await check()).toBeNull();
});

it('reads the fields that an older server does not send as unknown', async () => {
  network.use(http.get(`${GATEWAY}/clients`, () => HttpResponse.json(ALIKE)));
  const { read } = clientsServer({ gateway: GATEWAY, proof: async () => 'proof' });
  expect(await hurried(read(new AbortController().signal))).toMatchObject({
    known: 3,
    right: null,
    unsent: null,
    notNumbers: null,
    sending: null,
    notTold: [],
    checkedAt: Date.parse(ALIKE.checkedAt),
  });
});

it('notices the end of a check in which nothing could be compared', async () => {
  let looks = 0;
  network.use(
    http.get(`${GATEWAY}/clients`, () => {
      looks += 1;
      return HttpResponse.json({ ...ALIKE, checkEndedAt: looks > 2 ? 'later' : 'before', problem: 'crm' });
    }),
    http.post(`${GATEWAY}/clients/check`, () => new HttpResponse(null, { status: 202 })),
  );
  expect(await check()).toMatchObject({ known: 3, problem: { code: 'down', service: 'crm' } });
});

it('leaves out unsent records that it does not understand', async () => {
  const notTold = [{ kind: 'contact', id: 501, reason: 'refused' }, { kind: 'company', id: 1 }, 5];
  network.use(http.get(`${GATEWAY}/clients`, () => HttpResponse.json({ ...ALIKE, notTold })));
  const { read } = clientsServer({ gateway: GATEWAY, proof: async () => 'proof' });
  expect(await hurried(read(new AbortController().signal))).toMatchObject({
    notTold: [{ kind: 'contact', id: '501', reason: 'refused' }],
  });
});
