/** Own settings over HTTP: what a page may send, and how two pages affect each other. */
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../support/outcome.ts';
import { officeForEachTest } from './gateway/office.ts';

const office = officeForEachTest();
const put = (body: unknown, version = '"0"') =>
  office.ask('admin', 'PUT /own-settings', { body, headers: { 'If-Match': version } });
const read = async () => (await office.ask('seller', 'GET /own-settings')).json();

describe('own settings', () => {
  it('are returned as they were sent, with fields of a later version', async () => {
    const settings = { v: 9, standInOwners: ['7', 8, { later: 1 }], claims: { note: 'later' }, more: [1] };
    const answer = await put(settings);
    expect([answer.status, answer.headers.get('ETag'), await answer.json()]).toEqual([200, '"1"', settings]);
    expect(await read()).toEqual(settings);
  });

  it('are refused over a version that the page has not seen, and the answer has the current one', async () => {
    await put({ standInOwners: ['7'] });
    const answer = await put({ standInOwners: ['8'] });
    expect(answer.headers.get('ETag')).toBe('"1"');
    expect([answer.status, await answer.json()]).toEqual([
      412,
      expect.objectContaining({ error: 'STALE', current: { standInOwners: ['7'] } }),
    ]);
    expect(await read()).toEqual({ standInOwners: ['7'] });
  });

  it.each(['', '0', '*', '"x"', '"1", "2"', '"99999999999"'])(
    'are refused with If-Match %j',
    async version => {
      expect(await outcomeOf(await put({}, version))).toEqual([428, 'PRECONDITION_REQUIRED']);
    },
  );

  it('are accepted through a proxy that marks versions as weak', async () => {
    expect((await put({}, 'W/"0"')).status).toBe(200);
  });

  it.each([
    ['broken JSON', '{'],
    ['a list', []],
    ['nothing', null],
    ['stand-in owners that are not a list', { standInOwners: '7' }],
    ['rules in another shape', { claims: [] }],
    ['channels in another shape', { channels: { people: 'x' } }],
    ['a character that no database accepts', { later: 'a\u0000b' }],
    ['half a character', { later: '\ud800' }],
  ])('are refused when they are %s, and nothing changes', async (_what, body) => {
    expect(await outcomeOf(await put(body))).toEqual([400, 'BODY_INVALID']);
    expect(await read()).toBeNull();
  });

  it('may have such a character as escaped text', async () => {
    expect((await put({ later: String.raw`a\u0000b \ud800` })).status).toBe(200);
  });

  it('are limited to eight kilobytes, and to a hundred people with a channel of their own', async () => {
    expect(await outcomeOf(await put({ later: 'я'.repeat(4096) }))).toEqual([422, 'OWN_SETTINGS_TOO_LONG']);
    const people = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [at, 'c']));
    expect(await outcomeOf(await put({ channels: { people } }))).toEqual([
      422,
      'OWN_SETTINGS_TOO_MANY_PEOPLE',
    ]);
    expect(await read()).toBeNull();
  });

  it('appear in the history with their values before and after', async () => {
    await put({ standInOwners: ['7'] });
    await put({ standInOwners: [] }, '"1"');
    const answer = await office.ask('admin', 'GET /history');
    expect(await answer.json()).toMatchObject({
      changes: [
        {
          what: 'own-settings',
          outcome: 'accepted',
          difference: { lines: [{ thing: 'standIn', person: '7', before: 'yes', after: 'no' }] },
        },
        { difference: { lines: [{ thing: 'standIn', person: '7', before: 'no', after: 'yes' }] } },
      ],
    });
  });
});
