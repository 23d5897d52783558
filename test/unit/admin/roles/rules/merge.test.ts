import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameAssignments, seatKey, type Assignment, type Seat } from '../../../../../domain/assignment.ts';
import {
  assignmentsOf,
  baseAt,
  draftOver,
  choiceAt,
  sameChoice,
  withRole,
} from '../../../../../widget/admin/roles/rules/draft.ts';
import {
  changedBetween,
  conflictsIn,
  merged,
  settled,
} from '../../../../../widget/admin/roles/rules/merge.ts';
import { editedFrom, edits, lists } from './edits.ts';

const seat: Seat = { channelId: 'sales', employeeId: '1' };
const seller: Assignment = { ...seat, role: 'seller', receivesNewClients: true };
const supervisor: Assignment = { ...seat, role: 'supervisor', receivesNewClients: false };

const everySeat: readonly Seat[] = ['sales', 'wholesale', 'unknown-channel'].flatMap(channelId =>
  ['1', '2', '3', 'unknown-person'].map(employeeId => ({ channelId, employeeId })),
);

describe('a merge of two admins’ edits', () => {
  it('loses no edit: each seat has what one of them chose, or waits to be settled', () => {
    fc.assert(
      fc.property(lists, edits, edits, (list, mine, theirs) => {
        const [me, they] = [editedFrom(list, mine), editedFrom(list, theirs)];
        const over = merged(me, assignmentsOf(they));
        const contested = new Set(conflictsIn(over).map(one => seatKey(one.seat)));
        for (const one of everySeat) {
          const [was, my, their] = [choiceAt(draftOver(list), one), choiceAt(me, one), choiceAt(they, one)];
          const isContested = !sameChoice(was, my) && !sameChoice(was, their) && !sameChoice(my, their);
          expect(contested.has(seatKey(one))).toBe(isContested);
          expect(sameChoice(choiceAt(over, one), sameChoice(was, my) ? their : my)).toBe(true);
          expect(sameChoice(baseAt(over, seatKey(one)), their)).toBe(true);
        }
      }),
    );
  });

  it('writes unknown people and channels back unchanged', () => {
    fc.assert(
      fc.property(lists, edits, lists, (list, mine, theirs) => {
        const written = assignmentsOf(merged(editedFrom(list, mine), theirs));
        const unknown = (one: Assignment): boolean =>
          one.channelId === 'unknown-channel' || one.employeeId === 'unknown-person';
        expect(sameAssignments(written.filter(unknown), theirs.filter(unknown))).toBe(true);
      }),
    );
  });

  it('has the same result no matter who saves first, unless they contradict each other', () => {
    fc.assert(
      fc.property(lists, edits, edits, (list, one, other) => {
        const [a, b] = [editedFrom(list, one), editedFrom(list, other)];
        const [ab, ba] = [merged(b, assignmentsOf(a)), merged(a, assignmentsOf(b))];
        fc.pre(conflictsIn(ab).length === 0);
        expect(sameAssignments(assignmentsOf(ab), assignmentsOf(ba))).toBe(true);
      }),
    );
  });

  it('keeps unsettled conflicts when the list changes once more', () => {
    fc.assert(
      fc.property(lists, edits, lists, lists, (list, mine, then, now) => {
        const me = editedFrom(list, mine);
        const [once, twice] = [merged(me, now), merged(merged(me, then), now)];
        for (const key of twice.edits.keys()) {
          expect(twice.contested.get(key)).toEqual(once.contested.get(key));
        }
      }),
    );
  });
});

describe('a contested seat', () => {
  const contested = merged(withRole(draftOver([seller]), seat, 'auditor'), [supervisor]);

  it('is shown in its three versions', () => {
    expect(conflictsIn(contested)).toMatchObject([
      { seat, before: { role: 'seller' }, mine: { role: 'auditor' }, theirs: { role: 'supervisor' } },
    ]);
  });

  it.each([
    ['mine', 'auditor', 1],
    ['theirs', 'supervisor', 0],
  ] as const)('that is settled as "%s" has the role %s and is no longer contested', (side, role, edited) => {
    const over = settled(contested, [seat], side);
    expect(choiceAt(over, seat).role).toBe(role);
    expect([over.edits.size, conflictsIn(over).length]).toEqual([edited, 0]);
  });

  it('that was settled is contested again when they change it again', () => {
    const mine = settled(contested, [seat], 'mine');
    expect(conflictsIn(merged(mine, [supervisor]))).toEqual([]);
    expect(conflictsIn(merged(mine, [seller]))).toMatchObject([
      { before: { role: 'supervisor' }, mine: { role: 'auditor' }, theirs: { role: 'seller' } },
    ]);
  });

  it('is settled when they choose the same as I, or undo their change', () => {
    const agreed: Assignment = { ...seat, role: 'auditor', receivesNewClients: false };
    expect(conflictsIn(merged(contested, [agreed]))).toEqual([]);
    expect(conflictsIn(merged(contested, [seller]))).toEqual([]);
    expect(choiceAt(merged(contested, [seller]), seat).role).toBe('auditor');
  });

  it('is settled when I choose the same as they', () => {
    expect(conflictsIn(withRole(contested, seat, 'supervisor'))).toEqual([]);
  });

  it('leaves my other edits alone when it is settled as theirs', () => {
    const other: Seat = { channelId: 'sales', employeeId: '2' };
    const both = withRole(contested, other, 'seller');
    expect(choiceAt(settled(both, [seat, other], 'theirs'), other).role).toBe('seller');
  });
});

it('counts what another admin changed, without what we agree on', () => {
  const other: Assignment = { ...seller, employeeId: '2' };
  const mine = withRole(draftOver([]), seat, 'seller');
  expect(changedBetween(mine.base, merged(mine, [seller, other]), mine)).toBe(1);
});
