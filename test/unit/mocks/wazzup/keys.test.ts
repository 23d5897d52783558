import { describe, expect, it } from 'vitest';
import type { KeyKind } from '../../../world/chat.ts';
import { standingClock } from '../../../world/clock.ts';
import { createWorld, SALES_CHANNEL } from '../../../world/world.ts';
import { chatWith, json } from '../ask.ts';
import { outcomeOf } from '../../../support/outcome.ts';

const message = { channelId: SALES_CHANNEL, chatType: 'whatsapp', chatId: '79160000001', text: 'Hello' };

const OPEN_TO_ALL: readonly KeyKind[] = ['partner', 'v3', 'sidecar'];
const OPEN_TO_OWN: readonly KeyKind[] = ['partner', 'v3'];

const ROUTES: readonly (readonly [string, readonly KeyKind[], unknown?])[] = [
  ['GET /v3/channels', OPEN_TO_ALL],
  ['POST /v3/message', OPEN_TO_ALL, message],
  ['GET /v3/users', OPEN_TO_OWN],
  ['POST /v3/users', OPEN_TO_OWN, []],
  ['GET /v3/contacts', OPEN_TO_OWN],
  ['POST /v3/contacts', OPEN_TO_OWN, []],
  ['GET /v3/deals', OPEN_TO_OWN],
  ['POST /v3/deals', OPEN_TO_OWN, []],
  ['GET /v3/pipelines', OPEN_TO_OWN],
  ['POST /v3/iframe', OPEN_TO_OWN, { user: { id: '1' }, scope: 'global' }],
  ['GET /v3/unanswered/1', OPEN_TO_OWN],
  ['GET /settings', OPEN_TO_OWN],
  ['PATCH /settings', ['partner'], {}],
];

const CASES = ROUTES.flatMap(([route, open, body]) =>
  OPEN_TO_ALL.map(kind => {
    const error = open.includes(kind) ? undefined : 'FORBIDDEN';
    return { route, kind, body, error };
  }),
);

describe('a key of the chat service', () => {
  it.each(CASES)('of the kind $kind is answered at $route: $error', async ({ route, kind, body, error }) => {
    const answer = await chatWith(createWorld(), kind)(route, body === undefined ? {} : json(body));
    expect(answer.ok).toBe(error === undefined);
    expect((await outcomeOf(answer))[1]).toBe(error);
  });

  it.each(['', 'Bearer nobody-has-this', 'Basic partner-key-3f9c', 'partner-key-3f9c'])(
    'is not "%s"',
    async Authorization => {
      const answer = await chatWith(createWorld(), 'partner')('GET /v3/channels', {
        headers: { Authorization },
      });
      expect(await outcomeOf(answer)).toEqual([401, 'INVALID_APIKEY']);
    },
  );

  it('allows 500 requests in five seconds, and then gets 429', async () => {
    const world = createWorld({ clock: standingClock() });
    const ask = chatWith(world, 'partner');
    for (let count = 0; count < 500; count += 1) await ask('GET /v3/channels');
    const refused = await ask('GET /v3/channels');
    expect([refused.status, await refused.text()]).toEqual([429, '']);
    world.clock.advance(5000);
    expect((await ask('GET /v3/channels')).status).toBe(200);
  });

  it('cannot be used by a page, because there are no CORS headers', async () => {
    const answer = await chatWith(createWorld(), 'partner')('GET /v3/channels', {
      headers: { Origin: 'https://crm.amocrm.ru' },
    });
    expect([...answer.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([]);
  });
});
