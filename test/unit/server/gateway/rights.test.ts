/** Each write that the gateway accepts, tried directly by everybody without the right to it. */
import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { handle } from '../../../../server/gateway/handle.ts';
import { seconds } from '../../../world/clock.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { outcomeOf, type Outcome } from '../../../support/outcome.ts';
import { claimsOf, signed } from '../../../support/signed-proof.ts';
import { ROUTES } from './listed.ts';
import { BORIS, officeForEachTest, PEOPLE, requestFor, roleRow, type Person } from './office.ts';

const office = officeForEachTest();

const everything = [roleRow(PEOPLE.seller, 'manager'), roleRow(PEOPLE.roleless, 'manager')];

type Write = { readonly route: string; readonly refusal: string; readonly body?: unknown };
const WRITES: readonly Write[] = [
  { route: 'PUT /own-settings', refusal: 'ADMINS_ONLY', body: { standInOwners: [] } },
  { route: 'PATCH /settings', refusal: 'ADMINS_ONLY', body: { userRoles: everything } },
  { route: 'POST /v3/users', refusal: 'ADMINS_ONLY', body: [{ id: '8002', name: 'Adam' }] },
  {
    route: 'POST /v3/message',
    refusal: 'ADMINS_ONLY',
    body: { channelId: SALES_CHANNEL, chatType: 'whatsapp', chatId: '79160000001', text: 'Hello' },
  },
  { route: 'POST /clients/changed', refusal: 'ROLE_REQUIRED', body: { contact: BORIS.contact } },
];

/** Everything that a write could change in the chat service. */
const stateOf = (): string => {
  const { users, contacts, deals, pipelines, settings, threads } = office.stage.world.chat;
  return JSON.stringify([[...users], [...contacts], [...deals], pipelines, settings, threads]);
};

const claims = (person: Person): ReturnType<typeof claimsOf> => claimsOf(office.stage.world, PEOPLE[person]);
const secret = (): string => office.stage.world.crm.integration.secret;

/** Tokens that must not be accepted, each for an administrator. */
const FORGERIES: Readonly<Record<string, () => Promise<string>>> = {
  'signed with another secret': () => signed(claims('admin'), 'a secret that is made up and long enough'),
  'without a signature': async () => new UnsecuredJWT(claims('admin')).encode(),
  'of a seller, made an administrator': async () => {
    const [header, , signature] = (await signed(claims('seller'), secret())).split('.');
    const raised = Buffer.from(JSON.stringify({ ...claims('seller'), is_admin: true })).toString('base64url');
    return [header, raised, signature].join('.');
  },
  'that has expired': () =>
    signed({ ...claims('admin'), exp: seconds(office.stage.world.clock) - 3600 }, secret()),
  'of another account': () => signed({ ...claims('admin'), iss: 'https://other.amocrm.ru' }, secret()),
  'of another integration': () =>
    signed({ ...claims('admin'), client_uuid: '11111111-1111-4111-8111-111111111111' }, secret()),
  'for another gateway': () => signed({ ...claims('admin'), aud: 'https://other.example.com' }, secret()),
};
const REFUSED_AS: Readonly<Record<string, string>> = { 'that has expired': 'TOKEN_EXPIRED' };

describe('a test message', () => {
  it.each(['9160000001', '12011990', '123', 'anna', '', '+79160000001'])(
    'to "%s", which is no phone number, is not sent',
    async chatId => {
      const body = { channelId: SALES_CHANNEL, chatType: 'whatsapp', chatId, text: 'Hello' };
      const answer = await office.ask('admin', 'POST /v3/message', { body });
      expect(await outcomeOf(answer)).toEqual([422, 'BAD_CONTACT']);
      expect(office.stage.upstream).toEqual([]);
    },
  );
});

describe('the table of rights', () => {
  it('has every route that writes', () => {
    const writing = ROUTES.filter(({ name }) => !/^GET|iframe/.test(name));
    const rows = writing.filter(({ on }) => WRITES.some(({ route }) => on.test(route)));
    expect(rows).toHaveLength(writing.length);
    expect(WRITES.filter(({ route }) => !writing.some(({ on }) => on.test(route)))).toEqual([]);
    const outsiders = Object.keys(FORGERIES).length;
    process.stdout.write(`rights: ${WRITES.length} writes × ${outsiders} forged tokens and 4 people\n`);
  });
});

describe.each(WRITES)('$route', ({ route, refusal, body }) => {
  it.each(Object.keys(FORGERIES))('changes nothing with a token %s', async how => {
    const before = stateOf();
    const token = (await FORGERIES[how]?.()) ?? '';
    const answer = await handle(
      requestFor(route, { 'X-Auth-Token': token, 'If-Match': '*' }, body),
      office.config,
    );
    expect(await outcomeOf(answer)).toEqual([401, REFUSED_AS[how] ?? 'TOKEN_INVALID'] satisfies Outcome);
    expect(office.stage.upstream).toEqual([]);
    expect(stateOf()).toBe(before);
  });

  const unentitled: readonly Person[] =
    refusal === 'ADMINS_ONLY' ? ['seller', 'supervisor', 'auditor', 'roleless'] : ['auditor', 'roleless'];
  it.each(unentitled)('changes nothing for the %s', async person => {
    const before = stateOf();
    const answer = await office.ask(person, route, { body, headers: { 'If-Match': '*' } });
    expect(await outcomeOf(answer)).toEqual([403, refusal]);
    expect(office.stage.upstream.filter(one => !one.startsWith('GET'))).toEqual([]);
    expect(stateOf()).toBe(before);
  });
});

describe('a role', () => {
  it('that this version does not know permits no writes', async () => {
    const { chat } = office.stage.world;
    Object.assign(chat.settings, {
      userRoles: [{ ...roleRow(PEOPLE.roleless, 'seller'), role: 'superseller' }],
    });
    const answer = await office.ask('roleless', 'POST /clients/changed', {
      body: { contact: BORIS.contact },
    });
    expect(await outcomeOf(answer)).toEqual([403, 'ROLE_REQUIRED']);
  });

  it('that is taken away during a session no longer permits writes', async () => {
    expect(
      (await office.ask('supervisor', 'POST /clients/changed', { body: { contact: BORIS.contact } })).status,
    ).toBe(200);
    office.stage.world.chat.settings.userRoles = [roleRow(PEOPLE.supervisor, 'auditor')];
    const { id } = office.stage.world.crm.addContact('Clara', ['+7 916 000-00-03'], PEOPLE.seller);
    const answer = await office.ask('supervisor', 'POST /clients/changed', { body: { contact: String(id) } });
    expect(await outcomeOf(answer)).toEqual([403, 'ROLE_REQUIRED']);
    expect(office.stage.world.chat.contacts.has(String(id))).toBe(false);
  });

  it('of an administrator is read from the newest token', async () => {
    const { users } = office.stage.world.crm;
    const admin = users.get(PEOPLE.admin);
    if (!admin) throw new Error('The office has an administrator');
    admin.isAdmin = false;
    const answer = await office.ask('admin', 'POST /v3/users', { body: [{ id: '8002', name: 'Adam' }] });
    expect(await outcomeOf(answer)).toEqual([403, 'ADMINS_ONLY']);
  });
});
