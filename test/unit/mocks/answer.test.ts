import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { answer, type Answer } from '../../mocks/answer.ts';
import { standingClock } from '../../world/clock.ts';
import type { Fault } from '../../world/disturbances.ts';
import { createWorld, type World } from '../../world/world.ts';

const CRM = 'https://crm.amocrm.ru/api/v4/contacts/1';
const CHAT = 'https://api.wazzup24.com/v3/channels';

/** A service that counts the requests that reach it. */
function counting(): { handlers: Parameters<typeof answer>[1]; count: () => number } {
  let count = 0;
  const handlers = [
    http.all('*/:rest*', () => {
      count += 1;
      return HttpResponse.json({ done: true });
    }),
  ];
  return { handlers, count: () => count };
}

const responseOf = (answered: Answer): Response => {
  if (typeof answered === 'string') throw new Error(`The connection was ${answered}`);
  return answered;
};

async function disturbed(
  fault: Fault,
  url: string,
): Promise<{ answered: Answer; count: number; world: World }> {
  const world = createWorld();
  const { handlers, count } = counting();
  world.disturbances.add(/./, fault);
  const answered = await answer(world, handlers, new Request(url, { method: 'PATCH' }));
  return { answered, count: count(), world };
}

describe('an accident', () => {
  it.each<[Fault, string, number, string]>([
    ['too-many', CRM, 429, '"retry_after":1'],
    ['too-many', CHAT, 429, ''],
    ['too-many-html', CRM, 429, '<h1>429 Too Many Requests</h1>'],
    ['unpaid', CRM, 402, '"title":"Payment Required"'],
    ['address-not-allowed', CRM, 403, '"code":113'],
    ['no-rights-244', CRM, 400, '244'],
    ['forbidden-json', CRM, 403, '"title":"Forbidden"'],
    ['forbidden-json', CHAT, 403, '"error":"FORBIDDEN"'],
    ['forbidden-html', CRM, 403, '<center>nginx</center>'],
    ['unauthorized', CRM, 401, '"title":"Unauthorized"'],
    ['unauthorized', CHAT, 401, '"error":"INVALID_APIKEY"'],
    ['server-error', CRM, 500, '"trace_id"'],
    ['server-error', CHAT, 500, ''],
  ])('"%s" refuses %s with %i before the request is carried out', async (fault, url, status, words) => {
    const { answered, count } = await disturbed(fault, url);
    const response = responseOf(answered);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
    expect(count).toBe(0);
  });

  it.each<[Fault, Answer, number]>([
    ['lost-before', 'lost', 0],
    ['lost-after', 'lost', 1],
    ['cut', 'cut', 0],
  ])('"%s" leaves the request %s, which reaches the service %i times', async (fault, expected, reached) => {
    const { answered, count } = await disturbed(fault, CRM);
    expect([answered, count]).toEqual([expected, reached]);
  });

  it('"broken-json" carries the request out, and its answer cannot be read', async () => {
    const { answered, count } = await disturbed('broken-json', CRM);
    const response = responseOf(answered);
    expect([response.status, count]).toEqual([200, 1]);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('"wrong-shape" carries the request out, and its answer has another shape', async () => {
    const { answered, count } = await disturbed('wrong-shape', CRM);
    expect(await responseOf(answered).json()).not.toHaveProperty('done');
    expect(count).toBe(1);
  });

  it('"slow" delays the request by three seconds of the world’s time', async () => {
    const world = createWorld({ clock: standingClock() });
    const { handlers, count } = counting();
    world.disturbances.add(/./, 'slow');
    const slow = answer(world, handlers, new Request(CRM));
    world.clock.advance(2999);
    await answer(world, handlers, new Request(CRM));
    expect(count()).toBe(1);
    world.clock.advance(1);
    expect(responseOf(await slow).status).toBe(200);
    expect(count()).toBe(2);
  });

  it('"slow-answer" carries the request out at once, and delays its answer by three seconds of the world’s time', async () => {
    const world = createWorld({ clock: standingClock() });
    const { handlers, count } = counting();
    world.disturbances.add(/./, 'slow-answer');
    const slow = answer(world, handlers, new Request(CRM));
    const other = answer(world, handlers, new Request(CRM));
    expect(await Promise.race([slow.then(() => 'slow'), other.then(() => 'other')])).toBe('other');
    expect(count()).toBe(2);
    world.clock.advance(3000);
    expect(responseOf(await slow).status).toBe(200);
  });

  it('"late" never answers, and carries the request out long after the client has left', async () => {
    const world = createWorld({ clock: standingClock() });
    world.oddities.lateMs = 30_000;
    const bodies: unknown[] = [];
    const handlers = [
      http.patch('*', async ({ request }) => {
        bodies.push([await request.json(), world.clock.now()]);
        return HttpResponse.json({});
      }),
    ];
    world.disturbances.add(/./, 'late');
    const left = new AbortController();
    const request = new Request(CRM, { method: 'PATCH', body: '{"to":1}', signal: left.signal });
    expect(await answer(world, handlers, request)).toBe('lost');
    left.abort();
    world.clock.advance(29_999);
    expect(bodies).toEqual([]);
    world.clock.advance(1);
    await expect.poll(() => bodies).toEqual([[{ to: 1 }, world.clock.now()]]);
  });

  it('"twice" answers at once, and carries the request out again a moment later', async () => {
    const world = createWorld({ clock: standingClock() });
    const { handlers, count } = counting();
    world.disturbances.add(/./, 'twice');
    const request = new Request(CRM, { method: 'PATCH', body: '{"to":1}' });
    expect(responseOf(await answer(world, handlers, request)).status).toBe(200);
    expect(count()).toBe(1);
    world.clock.advance(299);
    expect(count()).toBe(1);
    world.clock.advance(1);
    await expect.poll(count).toBe(2);
  });

  it('can be a function that runs just before the request', async () => {
    const world = createWorld();
    const order: string[] = [];
    world.watch(() => order.push('watched'));
    world.disturbances.add(/GET/, () => order.push('meanwhile'));
    const handlers = [
      http.get('*', () => {
        order.push('asked');
        return HttpResponse.json({});
      }),
    ];
    await answer(world, handlers, new Request(CRM));
    expect(order).toEqual(['meanwhile', 'watched', 'asked']);
  });

  it('happens to the matching requests, as often as it was ordered', async () => {
    const world = createWorld();
    const { handlers } = counting();
    world.disturbances.add(/^GET \/api\/v4\/contacts\/1\?with=leads$/, 'unauthorized', 2);
    const status = async (url: string): Promise<number> =>
      responseOf(await answer(world, handlers, new Request(url))).status;
    expect(await status(CRM)).toBe(200);
    expect(await status(`${CRM}?with=leads`)).toBe(401);
    expect(await status(`${CRM}?with=leads`)).toBe(401);
    expect(await status(`${CRM}?with=leads`)).toBe(200);
    expect(world.disturbances.waiting()).toEqual([]);
  });
});

const toGateway = (): Request =>
  new Request('https://gateway.example.com/v3/channels', { headers: { 'X-Auth-Token': 'token' } });

describe('an answer of the CRM', () => {
  const dateOf = async (url: string, world = createWorld({ clock: standingClock() })): Promise<unknown> =>
    responseOf(await answer(world, counting().handlers, new Request(url))).headers.get('Date');

  it('is dated by the world’s clock', async () => {
    const world = createWorld({ clock: standingClock() });
    expect(await dateOf(CRM, world)).toBe('Mon, 02 Nov 2026 09:00:00 GMT');
    world.clock.advance(1500);
    expect(await dateOf(CRM, world)).toBe('Mon, 02 Nov 2026 09:00:01 GMT');
  });

  it('is dated when it is a refusal, too', async () => {
    const world = createWorld({ clock: standingClock() });
    world.disturbances.add(/./, 'too-many');
    expect(await dateOf(CRM, world)).toBe('Mon, 02 Nov 2026 09:00:00 GMT');
  });

  it('is dated, and one of the chat service is not', async () => {
    expect(await dateOf(CHAT)).toBeNull();
  });
});

describe('a request on its way through the gateway', () => {
  it('meets faults of the chat service behind the gateway', async () => {
    const world = createWorld();
    const { handlers } = counting();
    world.disturbances.add(/GET \/v3\/channels/, 'server-error');
    expect(responseOf(await answer(world, handlers, toGateway())).status).toBe(200);
    expect(responseOf(await answer(world, handlers, new Request(CHAT))).status).toBe(500);
  });

  it('meets faults of the connection before the gateway', async () => {
    const world = createWorld();
    world.disturbances.add(/GET \/v3\/channels/, 'cut');
    expect(await answer(world, counting().handlers, toGateway())).toBe('cut');
  });
});

describe('a request without a handler', () => {
  it('is kept as a stray', async () => {
    const world = createWorld();
    const answered = await answer(world, [], new Request(CRM, { method: 'DELETE' }));
    expect(responseOf(answered).status).toBe(501);
    expect(world.unhandledRequests).toEqual([`DELETE ${CRM}`]);
  });

  it.each(['/favicon.ico', '/.well-known/appspecific/com.chrome.devtools.json'])(
    'is not a stray when the browser makes it by itself: %s',
    async path => {
      const world = createWorld();
      const answered = await answer(world, [], new Request(`https://crm.amocrm.ru${path}`));
      expect(responseOf(answered).status).toBe(404);
      expect(world.unhandledRequests).toEqual([]);
    },
  );

  it('leaves accidents waiting when it is a preflight', async () => {
    const world = createWorld();
    const { handlers } = counting();
    world.disturbances.add(/contacts/, 'cut');
    expect(await answer(world, handlers, new Request(CRM, { method: 'OPTIONS' }))).toBeInstanceOf(Response);
    expect(await answer(world, handlers, new Request(CRM))).toBe('cut');
  });
});

it('a handler that fails on the network cuts the connection', async () => {
  const handlers = [http.get('*', () => HttpResponse.error())];
  expect(await answer(createWorld(), handlers, new Request(CRM))).toBe('cut');
});
