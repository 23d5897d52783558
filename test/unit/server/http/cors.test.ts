import { describe, expect, it } from 'vitest';
import { handle } from '../../../../server/gateway/handle.ts';
import { officeForEachTest, requestFor } from '../gateway/office.ts';
import { outcomeOf } from '../../../support/outcome.ts';

const office = officeForEachTest();

const OWN = { Origin: 'https://crm.amocrm.ru' };
const FOREIGN = { Origin: 'https://elsewhere.example' };

describe("a page of the account's own domain", () => {
  it('learns from a preflight what it may send', async () => {
    const answer = await handle(requestFor('OPTIONS /settings', OWN), office.config);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(OWN.Origin);
    expect(answer.headers.get('Access-Control-Allow-Methods')?.split(', ')).toEqual(
      expect.arrayContaining(['GET', 'POST', 'PATCH', 'DELETE']),
    );
    expect(answer.headers.get('Access-Control-Allow-Headers')?.split(', ')).toEqual(
      expect.arrayContaining(['X-Auth-Token', 'Content-Type', 'If-Match']),
    );
  });

  it.each([
    ['an answer', 'GET /v3/channels', 200, {}],
    ['a refusal of the token', 'GET /v3/channels', 401, { 'X-Auth-Token': 'forged' }],
    ['a refusal of the person', 'GET /v3/templates/whatsapp', 403, {}],
    ['an unknown route', 'GET /v3/webhooks', 404, {}],
    ['a missing precondition', 'PATCH /settings', 403, {}],
  ])('may read %s', async (_what, route, status, headers) => {
    const answer = await office.ask('seller', route, { headers: { ...OWN, ...headers } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(OWN.Origin);
    expect(answer.headers.get('Vary')).toBe('Origin');
    expect(answer.headers.get('Access-Control-Expose-Headers')?.split(', ')).toEqual(
      expect.arrayContaining(['ETag', 'Retry-After', 'Allow', 'Date']),
    );
  });

  it('may read how the chat service failed', async () => {
    office.stage.world.disturbances.add(/GET \/v3\/channels/, 'too-many');
    const answer = await office.ask('seller', 'GET /v3/channels', { headers: OWN });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(OWN.Origin);
  });
});

describe('a page of another site', () => {
  it.each(['OPTIONS /settings', 'GET /settings', 'POST /clients/changed'])(
    'is refused %s and may read nothing',
    async route => {
      const answer = await office.ask('supervisor', route, { headers: FOREIGN });
      expect(await outcomeOf(answer)).toEqual([403, 'ORIGIN_FOREIGN']);
      expect([...answer.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([]);
      expect(answer.headers.get('Vary')).toBe('Origin');
      expect(office.stage.upstream).toEqual([]);
    },
  );
});

describe('a caller that is not a page', () => {
  it('needs a token and no permission', async () => {
    const answer = await office.ask('seller', 'GET /v3/channels');
    expect(answer.status).toBe(200);
    expect(answer.headers.has('Access-Control-Allow-Origin')).toBe(false);
  });
});

it("dates every answer by the gateway's clock and keeps it out of caches", async () => {
  office.stage.world.clock.advance(3_600_000);
  const answer = await office.ask('seller', 'GET /v3/channels');
  expect(answer.headers.get('Date')).toBe(new Date(office.stage.world.clock.now()).toUTCString());
  expect(answer.headers.get('Cache-Control')).toBe('no-store');
});
