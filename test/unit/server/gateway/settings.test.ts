import { describe, expect, it } from 'vitest';
import type { UserRole } from '../../../world/chat.ts';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { BORIS, officeForEachTest, roleRow } from './office.ts';
import { outcomeOf } from '../../../support/outcome.ts';

const office = officeForEachTest();

const settingsOf = (...userRoles: object[]): unknown => ({
  pushInputOutputMessageEventsForManagers: false,
  userRoles,
});
const currentEtag = async (): Promise<string> =>
  (await office.ask('admin', 'GET /settings')).headers.get('ETag') ?? '';
const save = async (body: unknown, ifMatch?: string): Promise<Response> =>
  office.ask('admin', 'PATCH /settings', {
    body,
    headers: ifMatch === undefined ? {} : { 'If-Match': ifMatch },
  });

/** Answers that the service may give although its documents do not describe them. */
const ODD: readonly (readonly [string, { readonly userRoles: readonly unknown[] }])[] = [
  ['a row with an unknown role', { userRoles: [{ ...roleRow(SELLER_B, 'seller'), role: 'observer' }] }],
  ['a row without a role', { userRoles: [{ channelId: 'c', userId: '1' }] }],
  ['a row with unknown fields', { userRoles: [{ ...roleRow(SELLER_B, 'auditor'), until: 7 }] }],
  ['a row with ids that are numbers', { userRoles: [{ ...roleRow(SELLER_B, 'auditor'), userId: 7 }] }],
  ['rows that are not objects', { userRoles: [null, 'seller', []] }],
  ['fields beside the rows', JSON.parse('{"userRoles":[],"constructor":{"limit":5},"plan":"pro"}')],
];
const keepInChat = (settings: object): void => {
  Object.assign(office.stage.world.chat, { settings });
};

describe('reading the roles', () => {
  it('returns them as the chat service keeps them', async () => {
    const answer = await office.ask('roleless', 'GET /settings');
    expect(await answer.json()).toEqual(office.stage.world.chat.settings);
  });

  it.each(ODD)('returns %s unchanged', async (_what, odd) => {
    keepInChat(odd);
    const answer = await office.ask('roleless', 'GET /settings');
    expect([answer.status, await answer.json()]).toEqual([200, odd]);
  });

  it.each([[{}], [{ userRoles: null }], [{ pushInputOutputMessageEventsForManagers: false }]])(
    'reads a missing list as an empty one: %j',
    async settings => {
      keepInChat(settings);
      const answer = await office.ask('roleless', 'GET /settings');
      expect([answer.status, await answer.json()]).toEqual([200, settings]);
    },
  );

  it.each([[{ unexpected: ['shape'] }], [{ userRoles: 'none' }], [[roleRow(SELLER_A, 'seller')]]])(
    'refuses anything else as a list: %j',
    async settings => {
      keepInChat(settings);
      expect(await outcomeOf(await office.ask('admin', 'GET /settings'))).toEqual([
        502,
        'SERVICE_UNREADABLE',
      ]);
    },
  );

  it('finds only the people who may answer among odd rows', async () => {
    const rows = [null, { ...roleRow(SELLER_A, 'seller'), userId: SELLER_A }];
    keepInChat({ userRoles: [...rows, { ...roleRow(SELLER_B, 'seller'), role: 'Seller' }] });
    const ask = (person: 'seller' | 'auditor') =>
      office.ask(person, 'POST /clients/changed', { body: { contact: BORIS.contact } });
    expect((await outcomeOf(await ask('auditor')))[1]).toBe('ROLE_REQUIRED');
    expect((await ask('seller')).status).toBe(200);
  });

  it('gives equal lists the same mark, in any order of rows', async () => {
    const before = await currentEtag();
    const { settings } = office.stage.world.chat;
    settings.userRoles = settings.userRoles.toReversed();
    expect(await currentEtag()).toBe(before);
    expect(before).toMatch(/^"[0-9a-f]{64}"$/);
  });

  it.each<[string, () => void]>([
    ['a role', () => replaceRoles(roleRow(SELLER_A, 'auditor'))],
    ['a row', () => replaceRoles()],
    ['the switch', () => replaceRoles({ ...roleRow(SELLER_A, 'seller'), allowGetNewClients: true })],
    [
      'who is notified',
      () => {
        office.stage.world.chat.settings.pushInputOutputMessageEventsForManagers = true;
      },
    ],
  ])('gives a list another mark after a change of %s', async (_what, change) => {
    replaceRoles(roleRow(SELLER_A, 'seller'));
    const before = await currentEtag();
    change();
    expect(await currentEtag()).not.toBe(before);
  });

  it.each([
    ['admin', 'partner', 'GET, PATCH'],
    ['admin', 'v3', 'GET'],
    ['supervisor', 'partner', 'GET'],
  ] as const)('allows the %s with a %s key: %s', async (person, keyKind, allow) => {
    const answer = await office.ask(person, 'GET /settings', { config: office.configured({ keyKind }) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Allow')).toBe(allow);
  });
});

describe('writing the roles', () => {
  it('replaces the list and answers with the current one', async () => {
    const answer = await save(settingsOf(roleRow(SELLER_B, 'seller')), await currentEtag());
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(settingsOf(roleRow(SELLER_B, 'seller')));
    expect(answer.headers.get('ETag')).toBe(await currentEtag());
    expect(office.stage.world.chat.settings.userRoles).toEqual([roleRow(SELLER_B, 'seller')]);
  });

  it('says in the answer that they may be written again', async () => {
    const answer = await save(settingsOf(), await currentEtag());
    expect(answer.headers.get('Allow')).toBe('GET, PATCH');
  });

  it('accepts a mark that a proxy has weakened', async () => {
    expect((await save(settingsOf(), `W/${await currentEtag()}`)).status).toBe(200);
  });

  it.each(['seller', 'supervisor', 'auditor', 'roleless'] as const)('is refused to the %s', async person => {
    const headers = { 'If-Match': await currentEtag() };
    const answer = await office.ask(person, 'PATCH /settings', { body: settingsOf(), headers });
    expect(await outcomeOf(answer)).toEqual([403, 'ADMINS_ONLY']);
    expect(office.stage.world.chat.settings.userRoles).toHaveLength(3);
  });

  it('requires the mark of the list that it is based on', async () => {
    const answer = await save(settingsOf());
    expect(await outcomeOf(answer)).toEqual([428, 'PRECONDITION_REQUIRED']);
    expect(office.stage.world.chat.settings.userRoles).toHaveLength(3);
  });

  it('is refused when the list has changed, and the answer has the changed list', async () => {
    const etag = await currentEtag();
    replaceRoles(roleRow(HEAD_OF_SALES, 'manager'));
    const answer = await save(settingsOf(), etag);
    expect(answer.status).toBe(412);
    expect(await answer.json()).toMatchObject({
      error: 'STALE',
      current: settingsOf(roleRow(HEAD_OF_SALES, 'manager')),
    });
    expect(answer.headers.get('ETag')).toBe(await currentEtag());
    expect(office.stage.world.chat.settings.userRoles).toEqual([roleRow(HEAD_OF_SALES, 'manager')]);
  });

  it('accepts exactly one of two saves at the same time', async () => {
    const etag = await currentEtag();
    const wishes = [roleRow(SELLER_A, 'seller'), roleRow(SELLER_B, 'seller')];
    const answers = await Promise.all(wishes.map(wish => save(settingsOf(wish), etag)));
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 412]));
    expect(office.stage.world.chat.settings.userRoles).toEqual([wishes[statuses.indexOf(200)]]);
  });

  it('works again after a failed write', async () => {
    const etag = await currentEtag();
    office.stage.world.disturbances.add(/PATCH \/settings/, 'cut');
    const answers = await Promise.all([save(settingsOf(), etag), save(settingsOf(), etag)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 502]));
  });

  it.each([
    ['broken JSON', '{"userRoles":'],
    ['no list', { pushInputOutputMessageEventsForManagers: true }],
    ['an object in place of the list', { userRoles: { 0: roleRow(SELLER_A, 'seller') } }],
    ['null in place of the list', { userRoles: null }],
    ['only a list', []],
  ])('refuses a body with %s', async (_what, body) => {
    const answer = await save(body, await currentEtag());
    expect(await outcomeOf(answer)).toEqual([400, 'BODY_INVALID']);
    expect(office.stage.world.chat.settings.userRoles).toHaveLength(3);
  });

  it.each([
    ['an unknown role', { ...roleRow(SELLER_A, 'seller'), role: 'observer' }],
    ['no role', { ...roleRow(SELLER_A, 'seller'), role: null }],
    ['no channel', { userId: '1', role: 'seller', allowGetNewClients: true }],
  ])('lets the chat service judge a row with %s', async (_what, row) => {
    const answer = await save(settingsOf(row), await currentEtag());
    expect(await outcomeOf(answer)).toEqual([400, 'INVALID_SETTINGS_DATA']);
  });

  it.each(ODD)('writes %s back as it was read', async (_what, odd) => {
    keepInChat({ ...odd, userRoles: [...odd.userRoles, roleRow(SELLER_A, 'seller')] });
    const read = await office.ask('admin', 'GET /settings');
    const body: unknown = await read.json();
    expect((await save(body, read.headers.get('ETag') ?? '')).status).toBe(200);
    expect(office.stage.world.chat.settings).toEqual(body);
  });

  it('reports a key that is weaker than configured', async () => {
    const { wazzup, ...rest } = office.configured({ keyKind: 'v3' });
    const answer = await office.ask('admin', 'PATCH /settings', {
      config: { ...rest, wazzup: { ...wazzup, keyKind: 'partner' } },
      body: settingsOf(),
      headers: { 'If-Match': await currentEtag() },
    });
    expect(await outcomeOf(answer)).toEqual([403, 'KEY_TOO_WEAK']);
    expect(office.stage.world.chat.settings.userRoles).toHaveLength(3);
  });

  it.each(['v3', 'sidecar'] as const)('is not tried with a %s key', async keyKind => {
    const config = office.configured({ keyKind });
    const answer = await office.ask('admin', 'PATCH /settings', {
      config,
      body: settingsOf(),
      headers: { 'If-Match': '"any"' },
    });
    expect(await outcomeOf(answer)).toEqual([403, 'ROLES_READ_ONLY']);
    expect(office.stage.upstream).toEqual([]);
  });
});

function replaceRoles(...userRoles: UserRole[]): void {
  office.stage.world.chat.settings.userRoles = userRoles;
}
