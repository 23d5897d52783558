import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hookBodyIn } from '../../../../../server/crm/pipedrive/hook-body.ts';

const META = {
  action: 'change',
  entity: 'person',
  entity_id: '77',
  company_id: '1234',
  user_id: '34',
  change_source: 'app',
  attempt: 1,
  is_bulk_edit: false,
  version: '2.0',
  type: 'application',
  webhook_id: '9',
  webhook_owner_id: '3',
  id: '0f7c',
  correlation_id: 'c',
  host: 'acme.pipedrive.com',
  timestamp: '2026-01-05T12:00:00.123Z',
  permitted_user_ids: ['3', '34'],
};
const DATA = { id: 77, name: 'Anna', owner_id: 34, visible_to: '3', phones: [] };
const NOTHING = { names: [], employees: [], changes: [], accountId: null };
const AT = Date.UTC(2026, 0, 5, 12) / 1000;

const hook = (meta: object = {}, more: object = {}): string =>
  JSON.stringify({ meta: { ...META, ...meta }, data: DATA, previous: { owner_id: 21 }, ...more });
const eventIn = (text: string) => hookBodyIn(text).changes[0]?.event;

describe('a hook of Pipedrive', () => {
  it('about an owner names the client, who changed it, and when', () => {
    expect(hookBodyIn(hook())).toMatchObject({
      names: ['contact 77'],
      accountId: '1234',
      changes: [{ contactId: '77', event: { by: '34', before: '21', after: '34', at: AT } }],
    });
  });

  it('is the same change when it is sent again', () => {
    expect(eventIn(hook({ attempt: 2 }))).toEqual(eventIn(hook()));
  });

  it('is another change when the same happens a moment later', () => {
    const later = eventIn(hook({ timestamp: '2026-01-05T12:00:00.124Z' }));
    expect(later?.id).not.toBe(eventIn(hook())?.id);
  });

  it.each([AT, String(AT), '2026-01-05T12:00:00Z', '2026-01-05 12:00:00'])(
    'may have its time in the form %j',
    timestamp => {
      expect(eventIn(hook({ timestamp }))?.at).toBe(AT);
    },
  );

  it('whose `previous` is the whole person is read like one with only the changed fields', () => {
    const whole = hookBodyIn(hook({}, { previous: { ...DATA, owner_id: 21 } }));
    expect(whole).toEqual(hookBodyIn(hook()));
    expect(hookBodyIn(hook({}, { previous: { ...DATA, name: 'Ann' } })).changes).toEqual([]);
  });

  it.each([
    ['created a person', hook({ action: 'create' }, { previous: null })],
    ['deleted a person', hook({ action: 'delete' }, { data: null, previous: DATA })],
    ['changed a name', hook({}, { previous: { name: 'Ann' } })],
    ['came without a time', hook({ timestamp: 'today' })],
  ])('that %s names the client, and has no change of owner', (_what, text) => {
    expect(hookBodyIn(text)).toMatchObject({ names: ['contact 77'], changes: [] });
  });

  it('of a bulk change is read like any other', () => {
    expect(hookBodyIn(hook({ is_bulk_edit: true }))).toEqual(hookBodyIn(hook()));
  });

  it('of a merge names both clients: the one that is gone, and the one that is left', () => {
    const lost = hook({ action: 'delete', entity_id: '78', merged_to_id: '77' }, { data: null });
    const kept = hook({ merged_from_id: '78' }, { previous: { phones: [] } });
    expect(hookBodyIn(lost).names).toEqual(['contact 78', 'contact 77']);
    expect(hookBodyIn(kept).names).toEqual(['contact 77', 'contact 78']);
  });

  it('about a deal names the deal, and has no change of a client’s owner', () => {
    expect(hookBodyIn(hook({ entity: 'deal', entity_id: 9 }))).toMatchObject({
      names: ['deal 9'],
      changes: [],
    });
  });

  it('about an employee names them, and no client', () => {
    const meta = { entity: 'user', entity_id: '21', id: '21', permitted_user_ids: undefined };
    const data = { id: '21', name: 'Will', active_flag: false };
    expect(hookBodyIn(hook(meta, { data, previous: { active_flag: true } }))).toEqual({
      ...NOTHING,
      employees: ['21'],
      accountId: '1234',
    });
  });

  it('without a user has an unknown author', () => {
    expect(eventIn(hook({ user_id: null }))?.by).toBeNull();
    expect(eventIn(hook({ user_id: '0' }))?.by).toBeNull();
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"text"',
    '{"meta":null}',
    '{"current":{"id":77},"previous":{},"meta":{"object":"person","id":77,"action":"updated"}}',
    hook({ entity: '__proto__' }),
    hook({ entity: 'constructor' }),
    hook({ entity_id: '../78' }),
    hook({ entity_id: '77 or 1' }),
    hook({ entity_id: '-77' }),
  ])('with the body %j names nobody', text => {
    expect(hookBodyIn(text).names).toEqual([]);
    expect(hookBodyIn(text).changes).toEqual([]);
  });

  it('never throws for any body, and names only ids', () => {
    const some = fc.oneof(
      fc.anything(),
      fc.constantFrom('77', 77, '', null, 'person', 'deal', 'user', 'change', { owner_id: 5 }),
    );
    const meta = fc.dictionary(fc.constantFrom(...Object.keys(META), 'merged_to_id'), some);
    fc.assert(
      fc.property(meta, some, some, (changed, data, previous) => {
        const { names, employees, changes } = hookBodyIn(
          JSON.stringify({ meta: { ...META, ...changed }, data, previous }, (_key, value) =>
            typeof value === 'bigint' ? String(value) : value,
          ) ?? '',
        );
        for (const name of names) expect(name).toMatch(/^(contact|deal) [1-9]\d{0,14}$/);
        for (const id of employees) expect(id).toMatch(/^[1-9]\d{0,14}$/);
        for (const { event } of changes) expect(event.id).toMatch(/^[0-9A-Z]{10}\d{3}[\da-f]{13}$/);
      }),
    );
    fc.assert(fc.property(fc.string(), text => void hookBodyIn(text)));
  });
});

describe('the id of a change', () => {
  it('starts with its time as a ULID does, so ids sort by time', () => {
    // The ULID in the specification's example, 01ARYZ6S41, is from millisecond 385 of this second.
    expect(eventIn(hook({ timestamp: '2016-07-30T22:36:16.385Z' }))?.id.slice(0, 10)).toBe('01ARYZ6RR0');
    const moment = fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        const [first, second] = [one, other].map(date => eventIn(hook({ timestamp: date.toISOString() })));
        if (!first || !second || first.at === second.at) return;
        expect(first.id < second.id).toBe(first.at < second.at);
      }),
    );
  });

  it('contains the author only as a digest', () => {
    const other = eventIn(hook({ user_id: '35' }));
    expect(other?.id.slice(0, 10)).toBe(eventIn(hook())?.id.slice(0, 10));
    expect(other?.id).toHaveLength(26);
    expect(other?.id).not.toBe(eventIn(hook())?.id);
  });
});
