import { describe, expect, it } from 'vitest';
import { keysOf } from '../../../support/keys.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { BORIS, officeForEachTest, PEOPLE, type Person } from './office.ts';
import { outcomeOf, type Outcome } from '../../../support/outcome.ts';
import { told, windowAnswer } from '../../told.ts';

const office = officeForEachTest();

const EVERYBODY: readonly Person[] = keysOf(PEOPLE);

const message = { channelId: SALES_CHANNEL, chatType: 'whatsapp', chatId: '79160000001', text: 'Hello' };

type Row = readonly [route: string, happy: number, who: readonly Person[], refusal: string, body?: unknown];

const ROWS: readonly Row[] = [
  ['GET /v3/channels', 200, EVERYBODY, ''],
  ['GET /settings', 200, EVERYBODY, ''],
  ['GET /v3/contacts/c-1', 200, EVERYBODY.filter(one => one !== 'roleless'), 'NOT_SEEN'],
  ['GET /clients/c-1/others', 200, EVERYBODY.filter(one => one !== 'roleless'), 'NOT_SEEN'],
  ['GET /own-settings', 200, EVERYBODY, ''],
  ['GET /history', 200, ['admin'], 'ADMINS_ONLY'],
  ['GET /history?before=7&employee=8001', 200, ['admin'], 'ADMINS_ONLY'],
  ['POST /v3/iframe', 200, EVERYBODY, '', { scope: 'global' }],
  ['POST /v3/users', 200, ['admin'], 'ADMINS_ONLY', [{ id: '8002', name: 'Adam' }]],
  ['POST /v3/message', 201, ['admin'], 'ADMINS_ONLY', message],
  ['GET /v3/templates/whatsapp', 200, ['admin'], 'ADMINS_ONLY'],
  ['GET /v3/templates/whatsapp?limit=100&offset=0', 200, ['admin'], 'ADMINS_ONLY'],
  [
    'POST /clients/changed',
    200,
    ['admin', 'seller', 'supervisor'],
    'ROLE_REQUIRED',
    { contact: BORIS.contact, deals: [BORIS.deal] },
  ],
];

const CASES = ROWS.flatMap(([route, happy, who, refusal, body]) =>
  EVERYBODY.map(person => {
    const outcome: Outcome = who.includes(person)
      ? [happy, undefined]
      : [refusal === 'NOT_SEEN' ? 404 : 403, refusal];
    return { route, person, body, outcome };
  }),
);

describe('a route of the gateway', () => {
  it.each(CASES)('$route answers the $person $outcome', async ({ route, person, body, outcome }) => {
    expect(await outcomeOf(await office.ask(person, route, { body }))).toEqual(outcome);
  });

  it.each(EVERYBODY)('shows the %s their own unanswered chats', async person => {
    const answer = await office.ask(person, `GET /v3/unanswered/${PEOPLE[person]}`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ counterV2: 0 });
  });

  it.each(EVERYBODY)("does not show a colleague's unanswered chats to the %s", async person => {
    const colleague = person === 'seller' ? SELLER_B : SELLER_A;
    const answer = await office.ask(person, `GET /v3/unanswered/${colleague}`);
    expect(await outcomeOf(answer)).toEqual([403, 'NOT_YOURS']);
    expect(office.stage.upstream).toEqual([]);
  });

  it.each([
    'GET /v3/webhooks',
    'PATCH /v3/webhooks',
    'GET /v3/users',
    'GET /v3/contacts?offset=0',
    'GET /v3/deals?offset=0',
    'GET /v3/deals/d-1',
    'POST /v3/contacts',
    'DELETE /v3/contacts/c-1',
    'POST /v3/deals',
    'DELETE /v3/deals/d-1',
    'POST /v3/pipelines',
    'GET /v3/templates/whatsapp?limit=x',
    'GET /v3/users/8002',
    'DELETE /v3/users/8002',
    'PATCH /v3/contacts/bulk_delete',
    'GET /v3/contacts/c-1?offset=0',
    'GET /v3/templates/whatsapp/1',
    'POST /v3/templates/whatsapp',
    'GET /v3/contacts/..%2Fusers',
    'PUT /settings',
    'GET /',
  ])('%s does not exist, even if the chat service has it', async route => {
    const answer = await office.ask('admin', route);
    expect(await outcomeOf(answer)).toEqual([404, 'ROUTE_UNKNOWN']);
    expect(office.stage.upstream).toEqual([]);
  });

  it('is refused to a seller whose role is taken away', async () => {
    office.stage.world.chat.settings.userRoles = [];
    expect(
      (await office.ask('seller', 'POST /clients/changed', { body: { contact: BORIS.contact } })).status,
    ).toBe(403);
    expect(office.stage.world.chat.contacts.has(BORIS.contact)).toBe(false);
  });

  it('is refused when the roles cannot be read', async () => {
    office.stage.world.disturbances.add(/GET \/settings/, 'server-error');
    const answer = await office.ask('seller', 'POST /clients/changed', { body: { contact: BORIS.contact } });
    expect(answer.status).toBe(500);
    expect(office.stage.world.chat.contacts.has(BORIS.contact)).toBe(false);
  });
});

describe('administrators', () => {
  it('are those in the list when the token does not say', async () => {
    office.stage.world.oddities.tokenWithoutAdminClaim = true;
    const config = office.configured({ admins: [String(ADMIN)] });
    expect((await office.ask('admin', 'GET /v3/templates/whatsapp', { config })).status).toBe(200);
    const refused = await office.ask('seller', 'GET /v3/templates/whatsapp', { config });
    expect(await outcomeOf(refused)).toEqual([403, 'ADMINS_ONLY']);
  });

  it('are nobody without a claim and a list, and the refusal says so', async () => {
    office.stage.world.oddities.tokenWithoutAdminClaim = true;
    const answer = await office.ask('admin', 'GET /v3/templates/whatsapp');
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      error: 'ADMINS_UNKNOWN',
      description: expect.stringContaining('administrator'),
    });
  });

  it('are not taken from the list when the token says otherwise', async () => {
    const config = office.configured({ admins: [String(SELLER_A)] });
    const answer = await office.ask('seller', 'GET /v3/templates/whatsapp', { config });
    expect(await outcomeOf(answer)).toEqual([403, 'ADMINS_ONLY']);
  });
});

describe('the chat window', () => {
  it.each([
    ['name no user', undefined],
    ['name themselves', { id: String(SELLER_A) }],
    ['name a colleague', { id: String(PEOPLE.supervisor) }],
  ])("is the caller's own when they %s", async (_whom, user) => {
    office.stage.world.clientWrites({ phone: '+7 916 555-00-01' });
    const answer = await office.ask('seller', 'POST /v3/iframe', {
      body: { scope: 'global', ...(user && { user }) },
    });
    const { url } = await told(answer, windowAnswer);
    const shown = await fetch(url.replace('/window?', '/window/threads?'));
    expect(await shown.json()).toMatchObject({ user: { id: String(SELLER_A) }, access: true, threads: [] });
  });

  it('shows one client, opened on the requested chat', async () => {
    const anna = '79160000001';
    for (const phone of [anna, '79160000002']) office.stage.world.clientWrites({ phone });
    const answer = await office.ask('supervisor', 'POST /v3/iframe', {
      body: {
        scope: 'card',
        filter: [{ chatType: 'whatsapp', chatId: anna, name: 'Anna' }],
        activeChat: { chatType: 'whatsapp', chatId: anna, channelId: SALES_CHANNEL },
      },
    });
    const { url } = await told(answer, windowAnswer);
    const shown = await fetch(url.replace('/window?', '/window/threads?'));
    expect(await shown.json()).toMatchObject({
      threads: [{ chatId: anna }],
      active: { chatId: anna, channelId: SALES_CHANNEL },
    });
  });
});

describe('a body', () => {
  it.each(['POST /v3/users', 'POST /clients/changed', 'POST /v3/iframe'])(
    'of %s has to be JSON',
    async route => {
      const answer = await office.ask('admin', route, { body: '{"broken":' });
      expect(await outcomeOf(answer)).toEqual([400, 'BODY_INVALID']);
    },
  );

  it('may not be larger than four megabytes', async () => {
    const answer = await office.ask('admin', 'POST /v3/users', { body: `"${'я'.repeat(2_000_001)}"` });
    expect(await outcomeOf(answer)).toEqual([413, 'BODY_TOO_LARGE']);
    expect(office.stage.upstream).toEqual([]);
  });
});
