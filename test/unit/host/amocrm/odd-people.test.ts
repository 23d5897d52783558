/** Records that the CRM's reference does not describe break no list and give nobody additional rights. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peopleThrough } from '../../../../widget/host/amocrm/people.ts';
import type { EmployeesProgress } from '../../../../widget/host/host.ts';
import { answering, answeringInTurn } from '../../answering.ts';

const page = (name: string, ...records: readonly unknown[]) => ({ _embedded: { [name]: records } });
const noAccount = {};
const user = (id: unknown, about: object = {}) => ({
  id,
  name: `User ${String(id)}`,
  email: 'a@b.c',
  rights: { is_active: true, is_admin: false, is_free: false, group_id: 3 },
  ...about,
});
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, 7, 'user', [], {}, { id: null }, { id: 0 }, { id: 'me' }, { id: 1.5 }),
  fc.record({ name: fc.string(), rights: fc.anything() }),
);

describe('employees', () => {
  const employeesIn = async (...pages: readonly unknown[]) =>
    peopleThrough(answeringInTurn(noAccount, ...pages).ask).employees();

  it('are all read except for odd records, which are counted', async () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 999 }));
    await fc.assert(
      fc.asyncProperty(ids, fc.array(odd), fc.infiniteStream(fc.nat()), async (good, strange, places) => {
        const all: unknown[] = good.map(id => user(id));
        for (const one of strange) all.splice((places.next().value ?? 0) % (all.length + 1), 0, one);
        const read = await employeesIn(page('users', ...all));
        expect(read.items.map(one => one.id)).toEqual(good.map(String));
        expect(read.notUnderstood).toBe(strange.length);
      }),
    );
  });

  it.each([
    ['no rights', { rights: null }],
    ['rights that say nothing', { rights: {} }],
    ['rights of another type', { rights: { is_active: 'perhaps', is_admin: 'perhaps', contacts: 'A' } }],
    ['no group', { _embedded: null }],
    ['groups that are none', { _embedded: { groups: [null, 7] } }],
  ])('with %s count as active, and have no additional rights', async (_what, about) => {
    const { items } = await employeesIn(page('users', user('12', about)));
    expect(items).toMatchObject([{ id: '12', name: 'User 12', active: true, admin: false, free: false }]);
    expect(items[0]?.editsContacts).toBe('unknown');
  });

  it.each([[undefined], [{}], [{ _embedded: null }], [{ _embedded: [] }], [{ _embedded: { users: null } }]])(
    'are none if there is no list: %j',
    async body => {
      expect(await employeesIn(body)).toMatchObject({ items: [], notUnderstood: 0 });
    },
  );

  it.each([[{ unexpected: ['shape'] }], [{ _embedded: { unexpected: [] } }], [{ detail: 'Sign in' }]])(
    'cause an error for an answer of another kind: %j',
    async body => {
      await expect(employeesIn(body)).rejects.toMatchObject({ code: 'unreadable' });
    },
  );
});

describe('pages of employees', () => {
  const full = (first: number) => Array.from({ length: 250 }, (_, at) => user(first + at));
  async function read(...pages: readonly unknown[]) {
    const { ask, count } = answeringInTurn(noAccount, ...pages);
    const told: EmployeesProgress[] = [];
    const employees = await peopleThrough(ask).employees({ onProgress: one => told.push(one) });
    return { employees, told, requests: count() - 1 };
  }

  it('that change while they are read name each employee once, and count correctly', async () => {
    const { employees, told } = await read(
      { ...page('users', ...full(1)), _page_count: 2, _total_items: 251 },
      {
        ...page('users', user(250, { name: 'Renamed' }), user(251), user(252)),
        _page_count: 2,
        _total_items: 251,
      },
    );
    expect(employees.items).toHaveLength(252);
    expect(employees.items[249]?.name).toBe('Renamed');
    expect(told.map(({ loaded, of }) => [loaded, of])).toEqual([
      [250, 251],
      [252, 252],
    ]);
    expect(told[1]?.more.map(one => one.id)).toEqual(['251', '252']);
  });

  it.each([
    ['as a word', '2'],
    ['as nothing', null],
    ['as none', 0],
    ['as something else', { of: 2 }],
    ['below what there is', 1],
    ['below nothing', -1],
  ])('are all read if the CRM gives their number %s', async (_how, _page_count) => {
    const next = { _links: { next: { href: '/' } } };
    const { employees } = await read(
      { ...page('users', ...full(1)), ...next, _page_count },
      { ...page('users', user(251)), _page_count, _links: { self: { href: '/' } } },
    );
    expect(employees).toMatchObject({ notUnderstood: 0 });
    expect(employees.items).toHaveLength(251);
  });

  it('shorter than requested do not end the list if there are more', async () => {
    const { employees, requests } = await read(
      { ...page('users', user(1)), _page_count: 3 },
      { ...page('users', user(2)), _links: { next: { href: '/' } } },
      page('users', user(3)),
    );
    expect([employees.items.length, requests]).toEqual([3, 3]);
  });

  it('end after a full one if there are no more', async () => {
    const { employees, requests } = await read(page('users', ...full(1)));
    expect([employees.items.length, requests]).toEqual([250, 2]);
  });

  it('end at an answer without a body, even if it is the first', async () => {
    expect((await read()).employees).toEqual({ items: [], notUnderstood: 0 });
  });

  it('end if the CRM returns the same one again and again', async () => {
    const same = { ...page('users', user(1)), _page_count: 99, _total_items: '5' };
    const { employees, requests, told } = await read(same, same, same);
    expect([employees.items.length, requests]).toEqual([1, 2]);
    expect(told.map(({ loaded, of }) => [loaded, of])).toEqual([
      [1, 5],
      [1, 5],
    ]);
  });
});

describe('pipelines', () => {
  it('without stages, without a name or listed twice do not affect the others', async () => {
    const stages = (...statuses: unknown[]) => ({ _embedded: { statuses } });
    const { ask } = answeringInTurn(
      page(
        'pipelines',
        { id: 1, name: 'Sales', ...stages({ id: 11, name: 'New' }, null, { id: '11', name: 'Newer' }) },
        { id: '2', name: null },
        { id: 3, name: 'Service', _embedded: null },
        { name: 'Nowhere' },
        { id: 1, name: 'Sales again', ...stages() },
      ),
    );
    expect(await peopleThrough(ask).pipelines()).toEqual({
      items: [
        { id: '1', name: 'Sales again', stages: [] },
        { id: '2', name: '', stages: [] },
        { id: '3', name: 'Service', stages: [] },
      ],
      notUnderstood: 1,
    });
  });

  it('have each stage once', async () => {
    const statuses = [{ id: 11, name: 'New' }, null, { id: '11', name: 'Newer' }];
    const ask = answering(page('pipelines', { id: 1, name: 'Sales', _embedded: { statuses } }));
    expect((await peopleThrough(ask).pipelines()).items[0]?.stages).toEqual([{ id: '11', name: 'Newer' }]);
  });
});
