/** What a failure shows to a developer, and what it never shows. */
import { inspect } from 'node:util';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { array, string } from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient, type Request } from '../../../widget/http/client.ts';
import { asFailure, Failure } from '../../../widget/http/failure.ts';
import { object } from '../../../widget/http/object.ts';

const TOKEN = 'eyJ-secret-token';
const PHONE = '79160000001';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(() => {
  vi.spyOn(console, 'debug').mockReturnValue();
});
afterEach(() => {
  server.resetHandlers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
afterAll(() => server.close());

const answers = (answer: () => Response): void => server.use(http.all('https://crm.test/*', answer));

const people = object({ users: array(object({ id: string(), name: string() })) });

function failureOf(request: Partial<Request<unknown>> = {}): Promise<Failure> {
  const ask = createClient({
    service: 'crm',
    baseURL: 'https://crm.test',
    headers: { 'X-Auth-Token': TOKEN },
    explain: () => ({ reason: null }),
  });
  return ask({ method: 'PATCH', path: '/api/v4/users', schema: people, ...request }).then(
    () => Promise.reject(new Error('It was answered')),
    asFailure,
  );
}

describe('a failure', () => {
  it('names the place and the type of a misfit, and no value', async () => {
    answers(() => HttpResponse.json({ users: [{ id: '1', name: 'Anna' }, { id: PHONE, name: 7 }, null] }));
    const failure = await failureOf({ query: { phone: PHONE } });
    expect(failure).toMatchObject({ code: 'unreadable', request: 'PATCH /api/v4/users' });
    expect(failure.misfit).toEqual([
      'users.1.name: expected string, found number',
      'users.2: expected Object, found null',
    ]);
    expect(inspect(failure, { depth: 20 })).not.toContain(PHONE);
  });

  it.each([
    ['a refusal', () => HttpResponse.json({ detail: PHONE }, { status: 403 }), 'status 403'],
    ['a broken answer', () => new HttpResponse(`<p>${PHONE}`, { status: 200 }), 'status 200'],
    ['no answer', () => HttpResponse.error(), 'TypeError'],
  ])('names the cause of %s, without the token and the body', async (_, answer, below) => {
    answers(answer);
    const failure = await failureOf({ body: { phone: PHONE } });
    expect(failure.cause).toEqual(new Error(below));
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toMatch(new RegExp(`${TOKEN}|${PHONE}`));
  });

  it('keeps an error of our own code as the cause of a defect', () => {
    const thrown = new TypeError('x is undefined');
    expect(asFailure(thrown)).toMatchObject({ code: 'defect', service: 'widget', cause: thrown });
  });
});

describe('the console', () => {
  const stored = (value: string | null): unknown => vi.stubGlobal('localStorage', { getItem: () => value });

  it('shows nothing unless a developer asks for it', async () => {
    stored(null);
    answers(() => new HttpResponse(null, { status: 500 }));
    await failureOf();
    asFailure(new Error('defect'));
    expect(console.debug).not.toHaveBeenCalled();
  });

  it('shows each failure once to a developer who asks for it', async () => {
    stored('1');
    answers(() => HttpResponse.json({ users: null }));
    asFailure(await failureOf());
    expect(console.debug).toHaveBeenCalledOnce();
    expect(console.debug).toHaveBeenCalledWith(
      'crm-chat-roles crm: unreadable',
      expect.objectContaining({
        request: 'PATCH /api/v4/users',
        misfit: ['users: expected Array, found null'],
      }),
    );
  });

  it('shows defects of our own code too', () => {
    stored('1');
    const cause = new Error('defect');
    asFailure(cause);
    expect(console.debug).toHaveBeenCalledWith(
      'crm-chat-roles widget: defect',
      expect.objectContaining({ cause }),
    );
  });
});
