import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../domain/assignment.ts';
import { LONGEST, MOST_PEOPLE, refusalOf } from '../../../domain/own-limits.ts';
import {
  CLAIM_DEFAULTS,
  defaultChannel,
  newcomerRole,
  readOwnRules,
  withoutDefaultChannel,
  type OwnRules,
} from '../../../domain/own-rules.ts';
import { withSetting, type SettingPath } from '../../../domain/own-settings-change.ts';
import { readOwnSettings } from '../../../domain/own-settings.ts';
import { ROLES } from '../../../domain/role.ts';
import { employee } from '../people.ts';

const NOTHING_SET: OwnRules = {
  claims: CLAIM_DEFAULTS,
  newcomers: new Map(),
  channels: { groups: new Map(), people: new Map() },
};

const id = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '0', '8001'));
const map = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(id, value), { maxLength: 5 }).map(entries => new Map(entries));
const claims = fc.record({
  fromColleague: fc.constantFrom('never' as const, 'with-reason' as const, 'freely' as const),
  supervisorsFreely: fc.boolean(),
  deals: fc.constantFrom('ask' as const, 'always' as const, 'never' as const),
  note: fc.boolean(),
  task: fc.boolean(),
});
const rules: fc.Arbitrary<OwnRules> = fc.record({
  claims,
  newcomers: map(fc.constantFrom(...ROLES)),
  channels: fc.record({ groups: map(fc.string()), people: map(fc.string()) }),
});
/** Own settings that may be damaged: valid JSON with our names and wrong or unknown values under them. */
const fields = fc.record(
  {
    v: fc.jsonValue(),
    chatUrl: fc.jsonValue(),
    standInOwners: fc.jsonValue(),
    claims: fc.oneof(
      fc.jsonValue(),
      fc.record({ note: fc.jsonValue(), deals: fc.jsonValue(), ['later']: fc.jsonValue() }),
    ),
    newcomers: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())),
    channels: fc.oneof(fc.jsonValue(), fc.record({ groups: fc.jsonValue(), people: fc.jsonValue() })),
    later: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const stored = fc.oneof(
  fc.string(),
  fc.json(),
  fields.map(value => JSON.stringify(value)),
);
type Setting = readonly [path: SettingPath, value: unknown];
const written = (text: string, ...settings: readonly Setting[]): string =>
  settings.reduce((now, [path, value]) => withSetting(now, path, value), text);
/** Each rule as a separate setting. */
const settingsOf = ({ claims, newcomers, channels }: OwnRules): readonly Setting[] => [
  ...Object.entries(claims).map(([name, rule]): Setting => [['claims', name], rule]),
  ...Array.from(newcomers, ([group, role]): Setting => [['newcomers', group], role]),
  ...Array.from(channels.groups, ([group, channel]): Setting => [['channels', 'groups', group], channel]),
  ...Array.from(channels.people, ([person, channel]): Setting => [['channels', 'people', person], channel]),
];

describe('reading own rules', () => {
  it('returns valid rules for any string', () => {
    fc.assert(
      fc.property(stored, text => {
        const read = readOwnRules(text);
        expect(['never', 'with-reason', 'freely']).toContain(read.claims.fromColleague);
        expect(['ask', 'always', 'never']).toContain(read.claims.deals);
        expect(typeof read.claims.note).toBe('boolean');
        expect([...read.newcomers.values()].filter(role => !ROLES.includes(role))).toEqual([]);
        expect([...read.channels.people.values()].filter(one => typeof one !== 'string')).toEqual([]);
      }),
    );
  });

  it('gives back what was written, over any earlier string', () => {
    fc.assert(
      fc.property(stored, rules, (text, wanted) => {
        const read = readOwnRules(written(text, ...settingsOf(wanted)));
        expect(read.claims).toEqual(wanted.claims);
        expect([...read.newcomers]).toEqual(expect.arrayContaining([...wanted.newcomers]));
        expect([...read.channels.groups]).toEqual(expect.arrayContaining([...wanted.channels.groups]));
        expect([...read.channels.people]).toEqual(expect.arrayContaining([...wanted.channels.people]));
      }),
    );
  });

  it.each([
    '',
    '[]',
    'null',
    '{"claims":',
    '7',
    '{"claims":[],"newcomers":"seller","channels":{"groups":3}}',
  ])('counts %s as nothing set', text => expect(readOwnRules(text)).toEqual(NOTHING_SET));

  it('replaces only damaged fields by their defaults', () => {
    const text = JSON.stringify({
      claims: { fromColleague: 'freely', supervisorsFreely: 'no', deals: 'sometimes', note: false },
      newcomers: { 0: 'seller', 1: 'owner', 2: null },
      channels: { groups: { 0: 'sales' }, people: { 8001: 7, 8002: 'wholesale' } },
    });
    expect(readOwnRules(text)).toEqual({
      claims: { fromColleague: 'freely', supervisorsFreely: true, deals: 'ask', note: false, task: false },
      newcomers: new Map([['0', 'seller']]),
      channels: { groups: new Map([['0', 'sales']]), people: new Map([['8002', 'wholesale']]) },
    });
  });
});

describe('writing own rules', () => {
  it('leaves everything else in the string unchanged', () => {
    fc.assert(
      fc.property(fields, fc.boolean(), (before, note) => {
        const text = JSON.stringify(before);
        const { v: _, ...after } = JSON.parse(written(text, [['claims', 'note'], note]));
        const { v: __, claims, ...untouched } = JSON.parse(text);
        const others = Object(claims) === claims && !Array.isArray(claims) ? claims : {};
        expect(after).toEqual({ ...untouched, claims: { ...others, note } });
        expect(readOwnSettings(JSON.stringify(after))).toEqual(readOwnSettings(text));
      }),
    );
  });

  it('keeps a later version’s number, fields and choices, also inside fields of this version', () => {
    const later = {
      v: 3,
      quietHours: '22-8',
      claims: { note: true, perDay: 5, deals: 'by-pipeline' },
      newcomers: { 0: 'auditor', 1: 'owner' },
      channels: { groups: { 0: { only: 'sales' } }, people: { 8001: 'sales' }, teams: { a: 'sales' } },
    };
    const text = written(
      JSON.stringify(later),
      [['claims', 'note'], false],
      [['newcomers', '0'], undefined],
      [['channels', 'groups', '1'], 'wholesale'],
      [['channels', 'people', '8001'], undefined],
    );
    expect(JSON.parse(text)).toEqual({
      v: 3,
      quietHours: '22-8',
      claims: { note: false, perDay: 5, deals: 'by-pipeline' },
      newcomers: { 1: 'owner' },
      channels: { groups: { 0: { only: 'sales' }, 1: 'wholesale' }, people: {}, teams: { a: 'sales' } },
    });
  });

  it('starts from an empty string', () => {
    expect(JSON.parse(written('', [['newcomers', '0'], 'seller']))).toEqual({
      v: 1,
      newcomers: { 0: 'seller' },
    });
  });
});

describe('the limits of own settings', () => {
  /** A string of own settings with this many bytes in UTF-8; each "ж" takes two. */
  const ofSize = (size: number): string => {
    const room = size - withSetting('', ['later'], '').length;
    return withSetting('', ['later'], 'ж'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2));
  };
  const exceptions = (count: number): string =>
    written(
      '',
      ...Array.from({ length: count }, (_, at): Setting => [['channels', 'people', String(at)], 'sales']),
    );

  it('allow 8 KB and not a byte more, counted in UTF-8', () => {
    expect(Buffer.byteLength(ofSize(LONGEST))).toBe(LONGEST);
    expect(refusalOf('', ofSize(LONGEST))).toBeNull();
    expect(refusalOf('', ofSize(LONGEST + 1))).toBe('too-long');
  });

  it('allow a channel for each of 100 people and not for one more', () => {
    expect(refusalOf('', exceptions(MOST_PEOPLE))).toBeNull();
    expect(refusalOf(exceptions(MOST_PEOPLE), exceptions(MOST_PEOPLE + 1))).toBe('too-many-people');
  });

  it('allow settings above them to become smaller', () => {
    expect(refusalOf(ofSize(LONGEST + 9), ofSize(LONGEST + 8))).toBeNull();
    expect(refusalOf(exceptions(MOST_PEOPLE + 9), exceptions(MOST_PEOPLE + 8))).toBeNull();
  });
});

describe('a newcomer', () => {
  const rules = readOwnRules('{"newcomers":{"0":"seller"}}');
  it('is proposed the role of their group', () => expect(newcomerRole(rules, '0')).toBe('seller'));
  it.each(['1', 'constructor', ''])('is proposed no role in group "%s", for which none was chosen', group =>
    expect(newcomerRole(rules, group)).toBeNull(),
  );
});

describe('the channel through which an employee writes first', () => {
  const on = (channelId: string, role: Assignment['role'] = 'seller', employeeId = '1'): Assignment => ({
    channelId,
    employeeId,
    role,
    receivesNewClients: false,
  });
  const person = employee({ id: '1', groupId: '7' });
  const chosen = (people: object, groups: object): OwnRules =>
    readOwnRules(JSON.stringify({ channels: { people, groups } }));
  const both = [on('sales'), on('wholesale')];

  it.each<[string, OwnRules, readonly Assignment[], string | null]>([
    ['their own choice before their group’s', chosen({ 1: 'wholesale' }, { 7: 'sales' }), both, 'wholesale'],
    ['their group’s choice', chosen({}, { 7: 'sales' }), both, 'sales'],
    [
      'their group’s choice when their own is not one of their channels',
      chosen({ 1: 'gone' }, { 7: 'sales' }),
      both,
      'sales',
    ],
    ['their only channel, whatever is chosen', chosen({ 1: 'wholesale' }, {}), [on('sales')], 'sales'],
    ['none when nobody chose among several', NOTHING_SET, both, null],
    ['none where they only read', chosen({ 1: 'sales' }, {}), [on('sales', 'auditor')], null],
    ['none for a person without a role', chosen({ 1: 'sales' }, {}), [on('sales', 'seller', '2')], null],
  ])('is %s', (_, rules, assignments, channel) => {
    expect(defaultChannel(rules, person, assignments)).toBe(channel);
  });

  it('is missing for active people who may answer on several channels when none was chosen', () => {
    const left = employee({ id: '2', active: false });
    const single = employee({ id: '3' });
    const assignments = [...both, on('sales', 'seller', '2'), on('wholesale', 'seller', '2')];
    const seats = [...assignments, on('sales', 'seller', '3'), on('wholesale', 'auditor', '3')];
    expect(withoutDefaultChannel(NOTHING_SET, [person, left, single], seats)).toEqual([person]);
    expect(withoutDefaultChannel(chosen({}, { 7: 'sales' }), [person], seats)).toEqual([]);
  });
});
