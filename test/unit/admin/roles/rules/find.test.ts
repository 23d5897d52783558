import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directoryOf } from '../../../../../domain/directory.ts';
import type { Employee } from '../../../../../domain/employee.ts';
import { ROLES } from '../../../../../domain/role.ts';
import {
  draftOver,
  choiceAt,
  withChoices,
  type Draft,
} from '../../../../../widget/admin/roles/rules/draft.ts';
import {
  countOf,
  foundAmong,
  heldIn,
  NO_FILTERS,
  TRAITS,
  type Filters,
} from '../../../../../widget/admin/roles/rules/find.ts';
import { linesOf, ordered, ORDERS } from '../../../../../widget/admin/roles/rules/order.ts';
import { rowsOf, type Row } from '../../../../../widget/admin/roles/rules/rows.ts';
import { employee } from '../../../people.ts';

const CHANNELS = ['sales', 'wholesale'];
const GROUPS = ['', 'Отдел продаж', 'Поддержка', 'Ёлки'];

const people: fc.Arbitrary<readonly Employee[]> = fc
  .array(
    fc.record({
      name: fc.constantFrom('Артём', 'Алёна', 'ольга', 'Яна', 'Zoe'),
      group: fc.constantFrom(...GROUPS),
      active: fc.boolean(),
      free: fc.boolean(),
    }),
    { maxLength: 25 },
  )
  .map(all =>
    all.map((one, at) =>
      employee({ id: `${at}`, email: `${at}@example.com`, groupId: `${GROUPS.indexOf(one.group)}`, ...one }),
    ),
  );
const role = fc.constantFrom(null, ...ROLES);
/** Roles of people who may or may not be in the CRM, some of them edited since. */
const drafts: fc.Arbitrary<Draft> = fc
  .tuple(
    fc.uniqueArray(
      fc.record({ channelId: fc.constantFrom(...CHANNELS), employeeId: fc.nat(30).map(String) }),
      {
        selector: seat => `${seat.channelId} ${seat.employeeId}`,
      },
    ),
    fc.array(fc.tuple(fc.constantFrom(...CHANNELS), fc.nat(24).map(String), role)),
  )
  .chain(([seats, edits]) =>
    fc.array(fc.constantFrom(...ROLES), { minLength: seats.length, maxLength: seats.length }).map(roles =>
      withChoices(
        draftOver(
          seats.map((seat, at) => ({ ...seat, role: roles[at] ?? 'seller', receivesNewClients: false })),
        ),
        edits.map(([channelId, employeeId, to]) => ({
          channelId,
          employeeId,
          role: to,
          receivesNewClients: false,
        })),
      ),
    ),
  );
const filters: fc.Arbitrary<Filters> = fc.record({
  role: fc.constantFrom('any' as const, 'none' as const, ...ROLES),
  group: fc.constantFrom('any' as const, ...GROUPS.map((_, at) => ({ id: `${at}` }))),
  traits: fc.subarray([...TRAITS]).map(traits => new Set(traits)),
});
const searches = fc.record({ typed: fc.constantFrom('', ' ', 'АРТЕМ', 'елк алена', '7@', 'нет'), filters });
const scopes = fc.constantFrom(CHANNELS, ['sales']);
const lists = fc.tuple(people, drafts, scopes).map(([employees, draft, shownChannelIds]) => ({
  rows: rowsOf(directoryOf(employees, 'ru'), draft, ['0'], new Set(['1', '2', '3'])),
  draft,
  shownChannelIds,
  held: heldIn(draft, shownChannelIds, CHANNELS),
}));
const FOLDED = { unfolded: new Set<string>(), scopes: [] };
const idsOf = (rows: readonly Row[]): readonly string[] => rows.map(row => row.employee.id);
const same = (one: readonly Row[], other: readonly Row[]): void =>
  expect(idsOf(one).toSorted()).toEqual(idsOf(other).toSorted());

describe('a search with filters', () => {
  it('returns everybody when it is empty', () => {
    fc.assert(
      fc.property(lists, ({ rows, held }) => {
        expect(foundAmong(rows, { typed: ' ', filters: NO_FILTERS }, held)).toBe(rows);
        expect(countOf(NO_FILTERS)).toBe(0);
      }),
    );
  });

  it('finds the people who match each part of it, in their order', () => {
    fc.assert(
      fc.property(lists, searches, ({ rows, held }, { typed, filters }) => {
        const parts: Parameters<typeof foundAmong>[1][] = [
          { typed, filters: NO_FILTERS },
          { typed: '', filters: { ...NO_FILTERS, role: filters.role } },
          { typed: '', filters: { ...NO_FILTERS, group: filters.group } },
          ...[...filters.traits].map(trait => ({
            typed: '',
            filters: { ...NO_FILTERS, traits: new Set([trait]) },
          })),
        ];
        const each = parts.map(part => new Set(foundAmong(rows, part, held)));
        const all = foundAmong(rows, { typed, filters }, held);
        expect(idsOf(all)).toEqual(idsOf(rows.filter(row => each.every(found => found.has(row)))));
      }),
    );
  });

  it('splits people into those with a role on the shown channels and those without', () => {
    fc.assert(
      fc.property(lists, ({ rows, held, draft, shownChannelIds }) => {
        const holding = ROLES.flatMap(one =>
          foundAmong(rows, { typed: '', filters: { ...NO_FILTERS, role: one } }, held),
        );
        const without = foundAmong(rows, { typed: '', filters: { ...NO_FILTERS, role: 'none' } }, held);
        same([...new Set(holding), ...without], rows);
        for (const { employee } of without) {
          for (const channelId of shownChannelIds) {
            expect(choiceAt(draft, { channelId, employeeId: employee.id }).role).toBeNull();
          }
        }
      }),
    );
  });

  it.each([
    ['артем', ['Артём']],
    ['АРТЁМ', ['Артём']],
    ['ПОДДЕРЖ', ['Яна']],
    ['2@EXAMPLE', ['Яна']],
    ['продаж арт', ['Артём']],
    ['яна артём', []],
  ])('finds by "%s": %j', (typed, names) => {
    const directory = directoryOf(
      [
        employee({ id: '1', name: 'Артём', email: '1@example.com', group: 'Отдел продаж' }),
        employee({ id: '2', name: 'Яна', email: '2@example.com', group: 'Поддержка' }),
      ],
      'ru',
    );
    const draft = draftOver([]);
    const found = foundAmong(
      rowsOf(directory, draft, [], null),
      { typed, filters: NO_FILTERS },
      heldIn(draft, CHANNELS, CHANNELS),
    );
    expect(found.map(row => row.employee.name)).toEqual(names);
  });
});

describe('sorting', () => {
  it('keeps each person once and puts strangers last', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(...ORDERS), ({ rows, held }, order) => {
        const sorted = ordered(rows, order, held);
        same(sorted, rows);
        const kinds = sorted.map(({ kind }) => kind === 'stranger');
        expect(kinds.toSorted((one, other) => Number(one) - Number(other))).toEqual(kinds);
      }),
    );
  });

  it('by name or by group follows the reader’s alphabet, and sorts by name within each group', () => {
    const { compare } = new Intl.Collator('ru', { sensitivity: 'base', numeric: true });
    fc.assert(
      fc.property(lists, fc.constantFrom('name' as const, 'group' as const), ({ rows, held }, order) => {
        const sorted = ordered(rows, order, held).filter(row => row.kind !== 'stranger');
        for (const [at, { employee: one }] of sorted.entries()) {
          const next = sorted[at + 1]?.employee;
          if (!next) break;
          const byGroup = order === 'group' ? compare(one.group, next.group) : 0;
          expect(byGroup || compare(one.name, next.name)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('by role goes from sellers to people without one', () => {
    fc.assert(
      fc.property(lists, ({ rows, held, draft, shownChannelIds }) => {
        const ranks = ordered(rows, 'role', held)
          .filter(row => row.kind !== 'stranger')
          .map(({ employee: { id } }) =>
            Math.min(
              ...shownChannelIds.map(channelId => {
                const { role: one } = choiceAt(draft, { channelId, employeeId: id });
                return one === null ? ROLES.length : ROLES.indexOf(one);
              }),
            ),
          );
        expect(ranks.toSorted((one, other) => one - other)).toEqual(ranks);
      }),
    );
  });
});

describe('the lines', () => {
  it('number the people in order', () => {
    fc.assert(
      fc.property(lists, ({ rows, held }) => {
        const sorted = ordered(rows, 'group', held);
        const { keys, at } = linesOf(sorted, idsOf(sorted), FOLDED);
        const lines = keys.flatMap((_, line) => at(line) ?? []);
        expect(lines.map(line => line.place)).toEqual(sorted.map((_, at) => at + 1));
        expect(idsOf(lines.map(line => line.row))).toEqual(idsOf(sorted));
        expect(at(keys.length)).toBeUndefined();
      }),
    );
  });

  it('show the channels of an unfolded person beneath their line', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(...ORDERS), fc.nat(), ({ rows, held }, order, whose) => {
        const sorted = ordered(rows, order, held);
        const ids = idsOf(sorted);
        const unfolded = new Set(ids.slice(whose % (ids.length + 1)));
        const { keys, at } = linesOf(sorted, ids, { unfolded, scopes: ['all', 'sales'] });
        const lines = keys.flatMap((_, line) => at(line) ?? []);
        expect(new Set(keys).size).toBe(lines.length);
        const scopesOf = (id: string): (string | undefined)[] =>
          unfolded.has(id) ? [undefined, 'all', 'sales'] : [undefined];
        expect(lines.map(line => [line.row.employee.id, line.on])).toEqual(
          ids.flatMap(id => scopesOf(id).map(on => [id, on])),
        );
      }),
    );
  });
});
