/** Answers that Pipedrive may give and the emulator does not. */
import { describe, expect, it } from 'vitest';
import type { CrmAnswer, Question } from '../../../../../server/crm/api.ts';
import { pipedriveThrough } from '../../../../../server/crm/pipedrive/crm.ts';
import { CrmUnavailable } from '../../../../../server/crm/unanswered.ts';
import {
  answered,
  at,
  dealRow,
  forever,
  personRow,
  refused,
  scripted,
  userRow,
  type Script,
} from './scripted.ts';

function asking(script: Script) {
  const { api, asked } = scripted(script);
  return { crm: pipedriveThrough(api), asked };
}
const clientsOf = (answers: Readonly<Record<string, CrmAnswer>>) =>
  asking(at(answers)).crm.clients('1', forever);
const listsOf = (script: Script) => asking(script).crm.lists('1', forever);

describe('a client does not count as gone', () => {
  it.each<[string, CrmAnswer]>([
    ['the account itself may not see the client', refused(403)],
    ['the app lacks a scope', refused(403, false)],
    ['the address of the API has changed', refused(410, false)],
    ['there is no answer', { kind: 'later' }],
    ['the company has not paid', { kind: 'unpaid' }],
    ['there is no valid grant', { kind: 'needs-reauth' }],
    ['the answer has another shape', { kind: 'answered', json: { data: { id: 77 } } }],
    ['the answer is empty', { kind: 'answered', json: null }],
  ])('when %s', async (_what, answer) => {
    await expect(clientsOf({ 'v2/persons/77': answer }).contact('77')).rejects.toThrow(CrmUnavailable);
    await expect(clientsOf({ 'v2/deals/9': answer }).deal('9')).rejects.toThrow(CrmUnavailable);
    // A doubt about an employee must not open their clients to everybody.
    expect(await clientsOf({ 'v1/users/34': answer }).works('34')).toBe(true);
  });

  it('when their deals cannot be listed', async () => {
    const answers = { 'v2/persons/77': answered(personRow(77, 34)), 'v2/deals': refused(403) };
    const client = await clientsOf(answers).contact('77');
    await expect(client?.dealIds()).rejects.toThrow(CrmUnavailable);
  });
});

it('a deleted client is gone, and so is a deleted deal', async () => {
  const clients = clientsOf({
    'v2/persons/77': answered(personRow(77, 34, { is_deleted: true })),
    'v2/deals/9': answered(dealRow(9, 34, { status: 'deleted' })),
  });
  expect([await clients.contact('77'), await clients.deal('9')]).toEqual([null, null]);
});

it.each(['', '0', '01', '..', '77/changelog', '77?x', '-1', '1e3', '9'.repeat(16), 'NaN'])(
  'no request is made for the id %j',
  async id => {
    const { crm, asked } = asking(() => undefined);
    const [clients, acting] = [crm.clients('1', forever), crm.acting('1', forever)];
    expect([await clients.contact(id), await clients.deal(id), await clients.works(id)]).toEqual([
      null,
      null,
      false,
    ]);
    expect([await acting.person(id), await acting.contact(id), await acting.task(id)]).toEqual([
      null,
      null,
      null,
    ]);
    expect([await acting.deals('11', [id]), await acting.notes(id), await acting.tasks(id)]).toEqual([
      [],
      [],
      [],
    ]);
    expect(await acting.addNote('11', id, 'Text')).toBe('failed');
    expect(await acting.completeTask('11', id, 'Text')).toBe('failed');
    expect(await acting.setOwners('11', ['9'], id)).toBe('failed');
    expect(await crm.records('1').seenBy('11', 'contacts', id)).toBeNull();
    expect(await crm.tasks('1', forever).isOpen(id)).toBe(false);
    expect(await crm.isAdministrator('1', id, forever)).toBe(false);
    expect(asked).toEqual([]);
  },
);

describe('a list', () => {
  const pages =
    (...all: readonly CrmAnswer[]): Script =>
    ({ path }) => {
      const cursor = new URLSearchParams(path.split('?')[1]).get('cursor');
      return path.startsWith('v2/persons?') ? all[Number(cursor ?? 0)] : answered([]);
    };
  const idsIn = async (script: Script) => (await listsOf(script).records('contacts')).map(({ id }) => id);

  it('ends when there is no next cursor, in any form', async () => {
    const [one, two] = [answered([personRow(1, 34)], '1'), [personRow(2, 34)]];
    const ends = [{ next_cursor: null }, {}, null, undefined];
    for (const additional_data of ends) {
      const last: CrmAnswer = { kind: 'answered', json: { success: true, data: two, additional_data } };
      expect(await idsIn(pages(one, last))).toEqual(['1', '2']);
    }
  });

  it('may be null when it is empty', async () => {
    expect(await idsIn(pages({ kind: 'answered', json: { success: true, data: null } }))).toEqual([]);
  });

  it.each<[string, CrmAnswer]>([
    ['a page is missing', refused(404)],
    ['a page does not come', { kind: 'later' }],
    ['one of its rows is unreadable', answered([personRow(2, 34), { id: 3 }])],
    ['its cursor leads in a circle', answered([personRow(2, 34)], '1')],
  ])('fails completely when %s', async (_what, page) => {
    await expect(idsIn(pages(answered([personRow(1, 34)], '1'), page))).rejects.toThrow(CrmUnavailable);
  });

  it('whose cursor leads in a circle is not read any further', async () => {
    const { crm, asked } = asking(() => answered([personRow(1, 34)], '1'));
    await expect(crm.lists('1', forever).records('contacts')).rejects.toThrow(CrmUnavailable);
    expect(asked).toHaveLength(2);
  });

  it('of people fails when it is empty', async () => {
    await expect(listsOf(at({ 'v1/users': answered([]) })).users()).rejects.toThrow(CrmUnavailable);
  });

  it('of people counts only global administrators as administrators', async () => {
    const rows = [
      userRow(1, { access: [{ app: 'global', admin: true }] }),
      userRow(2, {
        access: [
          { app: 'global', admin: false },
          { app: 'sales', admin: true },
        ],
      }),
      userRow(3, { access: null }),
      userRow(4, { active_flag: 0 }),
      userRow(5, { is_deleted: true }),
    ];
    const users = await listsOf(at({ 'v1/users': answered(rows) })).users();
    expect(users.map(one => [one.id, one.isAdmin, one.isActive])).toEqual([
      ['1', true, true],
      ['2', false, true],
      ['3', false, true],
      ['4', false, false],
      ['5', false, false],
    ]);
  });
});

describe('hooks', () => {
  const DESTINATION = `https://app.example.com/hooks/pipedrive/${'s'.repeat(43)}`;
  const row = (id: number, event_object: string, more: object = {}) => ({
    id,
    subscription_url: DESTINATION,
    event_action: '*',
    event_object,
    version: '2.0',
    is_active: 1,
    user_id: 7,
    ...more,
  });
  function keeping(listed: CrmAnswer, made: CrmAnswer = answered({ id: 9 })) {
    const { crm, asked } = asking(({ method, path }) => {
      if (path === 'v1/users/me') return answered({ id: 7 });
      return method === undefined ? listed : made;
    });
    const changes = () => asked.filter(one => one.method !== undefined).map(one => changeIn(one));
    return { keep: () => crm.hooks.keep('1', DESTINATION, forever), changes };
  }
  const changeIn = ({ method, path, body }: Question): string =>
    `${method} ${path} ${typeof body === 'object' && body && 'event_object' in body ? String(body.event_object) : ''}`.trim();

  it.each([{ is_active: 0 }, { is_active: false }, { version: '1.0' }, { event_action: 'change' }])(
    'that have become %j are replaced',
    async more => {
      const rows = [row(1, 'person', more), row(2, 'deal'), row(3, 'user', { is_active: true })];
      const { keep, changes } = keeping(answered(rows));
      expect(await keep()).toBe('kept');
      expect(changes()).toEqual(['POST v1/webhooks person', 'DELETE v1/webhooks/1']);
    },
  );

  it.each<[string, CrmAnswer, CrmAnswer, string]>([
    ['the token may not list them', refused(403), answered({}), 'refused'],
    ['the address was not reached', answered([]), refused(400), 'refused'],
    ['there are forty', answered([]), refused(422), 'refused'],
    ['there were too many requests', answered([]), { kind: 'later' }, 'later'],
    ['there is no answer', { kind: 'later' }, answered({}), 'later'],
    ['the company has not paid', { kind: 'unpaid' }, answered({}), 'later'],
    ['the list has another shape', answered([{ id: 1 }]), answered({}), 'later'],
  ])('have the right outcome when %s', async (_what, listed, made, outcome) => {
    expect(await keeping(listed, made).keep()).toBe(outcome);
  });
});

it('nothing is written about a client that the person may not see, even if the CRM would accept it', async () => {
  const { crm, asked } = asking(({ method }) => (method === undefined ? refused(403) : answered({ id: 5 })));
  const acting = crm.acting('1', forever);
  expect(await acting.addNote('34', '77', 'Text')).toBe('refused');
  expect(await acting.addTask('34', { contactId: '77', forId: '35', text: 'Text', dueAt: 0 })).toBe(
    'refused',
  );
  expect(asked.map(({ path, as }) => [path, as])).toEqual([
    ['v2/persons/77', '34'],
    ['v2/persons/77', '34'],
  ]);
});

describe('a note without a clear answer', () => {
  const acting = (post: CrmAnswer) =>
    asking(({ path, method }) =>
      method === undefined && path === 'v2/persons/77' ? answered(personRow(77, 34)) : post,
    ).crm.acting('1', forever);

  it.each<[string, CrmAnswer, boolean]>([
    ['an answer without an id', { kind: 'answered', json: {} }, true],
    ['no answer', { kind: 'later', mayBeDone: true }, true],
    ['too many requests', { kind: 'later', mayBeDone: false }, false],
  ])('may be written or not after %s', async (_what, answer, mayBeDone) => {
    await expect(acting(answer).addNote('34', '77', 'Text')).rejects.toMatchObject({ mayBeDone });
  });

  it.each<[string, CrmAnswer, string]>([
    ['their rights', refused(403), 'refused'],
    ['a missing scope', refused(403, false), 'failed'],
    ['the text', refused(400), 'failed'],
  ])('is not written when it is refused for %s', async (_what, answer, written) => {
    expect(await acting(answer).addNote('34', '77', 'Text')).toBe(written);
  });
});
