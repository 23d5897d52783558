import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assignment, Seat } from '../../../../../domain/assignment.ts';
import type { Channel } from '../../../../../domain/channel.ts';
import { ROLES, type Role } from '../../../../../domain/role.ts';
import { chatView, type Holder } from '../../../../../domain/visibility.ts';
import { withRoleFor } from '../../../../../widget/admin/roles/rules/across.ts';
import {
  assignmentsOf,
  draftOver,
  withChoices,
  type Draft,
} from '../../../../../widget/admin/roles/rules/draft.ts';
import { CHAT_KINDS, type ChatKind } from '../../../../../widget/admin/roles/rules/reach.ts';
import {
  needsLook,
  reverted,
  reviewOf,
  type SightChange,
} from '../../../../../widget/admin/roles/rules/review.ts';
import { employee } from '../../../people.ts';

const channel = (id: string): Channel => ({ id, name: id, messenger: 'whatsapp', state: 'active' });
const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => String(at + 1));
const staffing = {
  channels: [channel('sales'), channel('wholesale')],
  employees: ids(4).map(id => employee({ id })),
  me: '4',
};

const seats = fc.record({
  channelId: fc.constantFrom('sales', 'wholesale', 'closed'),
  employeeId: fc.constantFrom('1', '2', '3', '4', 'stranger'),
});
const lists: fc.Arbitrary<Assignment[]> = fc.uniqueArray(
  // The service may have what the widget never sets, such as an auditor who receives new clients.
  seats.chain(seat =>
    fc.record({
      channelId: fc.constant(seat.channelId),
      employeeId: fc.constant(seat.employeeId),
      role: fc.constantFrom(...ROLES),
      receivesNewClients: fc.boolean(),
    }),
  ),
  { selector: one => `${one.channelId} ${one.employeeId}` },
);
const drafts: fc.Arbitrary<Draft> = fc
  .tuple(
    lists,
    fc.array(
      fc.tuple(
        seats,
        fc.record({ role: fc.constantFrom<Role | null>(null, ...ROLES), receivesNewClients: fc.boolean() }),
      ),
    ),
  )
  .map(([list, places]) =>
    withChoices(
      draftOver(list),
      places.map(([seat, place]) => ({ ...seat, ...place })),
    ),
  );

const assignment = (employeeId: string, role: Role, channelId = 'sales'): Assignment => ({
  channelId,
  employeeId,
  role,
  receivesNewClients: role === 'seller',
});
const changed = (list: readonly Assignment[], role: Role | null, ...employeeIds: readonly string[]): Draft =>
  withRoleFor(draftOver(list), { channelIds: ['sales'], employeeIds }, role);
const review = (draft: Draft) => reviewOf(draft, staffing);

describe('a review', () => {
  it('of an empty draft is empty', () => {
    fc.assert(
      fc.property(lists, list => {
        expect(review(draftOver(list))).toEqual({ people: [], silenced: [] });
      }),
    );
  });

  it('lists every change once', () => {
    fc.assert(
      fc.property(drafts, draft => {
        const lines = review(draft).people.flatMap(one => one.lines);
        expect(lines.map(({ seat }) => `${seat.channelId} ${seat.employeeId}`).toSorted()).toEqual(
          [...draft.edits.keys()].toSorted(),
        );
      }),
    );
  });

  it('leads back to the base when every line is reverted, in any order', () => {
    fc.assert(
      fc.property(drafts, fc.infiniteStream(fc.nat()), (draft, chances) => {
        let now = draft;
        for (const chance of chances) {
          const lines = review(now).people.flatMap(one => one.lines);
          const line = lines[chance % lines.length];
          if (!line) break;
          now = reverted(now, [line.seat]);
          expect(now.edits.size).toBe(lines.length - 1);
        }
        expect(assignmentsOf(now)).toEqual([...draft.base.values()]);
        expect(now.contested.size).toBe(0);
      }),
    );
  });

  it('says who gains or loses sight of chats, exactly where the rules of visibility differ', () => {
    fc.assert(
      fc.property(drafts, draft => {
        const said = review(draft).people.flatMap(({ employeeId, sight }) =>
          sight.flatMap(({ change, kind, channelIds }) =>
            channelIds.map(channelId => `${employeeId} ${channelId} ${kind} ${change}`),
          ),
        );
        expect(said.toSorted()).toEqual(differences(draft).toSorted());
      }),
    );
  });

  it('lists me first, then people who lose sight of chats, then the others', () => {
    const list = [assignment('1', 'auditor'), assignment('2', 'supervisor'), assignment('4', 'seller')];
    const draft = changed(list, 'seller', '1', '2', '3', '4');
    const promoted = withRoleFor(draft, { channelIds: ['sales'], employeeIds: ['4', '1'] }, 'supervisor');
    expect(review(promoted).people.map(one => one.employeeId)).toEqual(['4', '2', '1', '3']);
  });

  it('lists channels in their order, and those that are no longer connected last', () => {
    const draft = withRoleFor(
      draftOver([]),
      { channelIds: ['closed', 'wholesale', 'sales'], employeeIds: ['1'] },
      'seller',
    );
    expect(review(draft).people[0]?.lines.map(({ seat }) => seat.channelId)).toEqual([
      'sales',
      'wholesale',
      'closed',
    ]);
  });
});

describe('a review before saving is needed', () => {
  const list = [assignment('1', 'seller'), assignment('2', 'supervisor')];
  it.each([
    ['when a person loses sight of chats', changed(list, 'seller', '2'), true],
    [
      'when nobody on a channel may answer any more',
      changed([assignment('1', 'supervisor')], 'auditor', '1'),
      true,
    ],
    ['when my own role changes', changed(list, 'supervisor', '4'), true],
    ['not when colleagues get a role', changed(list, 'supervisor', '1', '3'), false],
    ['not when a person sees the same and may no longer answer', changed(list, 'auditor', '2', '3'), false],
    ['not when nothing changes', draftOver(list), false],
  ])('%s', (_, draft, expected) => {
    expect(needsLook(review(draft), staffing)).toBe(expected);
  });

  it.each([
    [20, false],
    [21, true],
  ])('when %s people change: %s', (count, expected) => {
    const employees = ids(count).map(id => employee({ id }));
    const many = { ...staffing, employees, me: 'somebody else' };
    const draft = changed([], 'seller', ...ids(count));
    expect(needsLook(reviewOf(draft, many), many)).toBe(expected);
  });

  it('not when the person who loses their chats cannot log in anyway', () => {
    const left = { ...staffing, employees: [employee({ id: '1' }), employee({ id: '2', active: false })] };
    expect(needsLook(reviewOf(changed(list, null, '2'), left), left)).toBe(false);
    expect(
      needsLook(reviewOf(changed([...list, assignment('gone', 'auditor')], null, 'gone'), left), left),
    ).toBe(false);
  });
});

/** What the chat service knows of the client, for each kind of chat. */
const HOLDERS: Record<ChatKind, (seat: Seat) => readonly Holder[]> = {
  own: seat => [{ ownerId: seat.employeeId, openDealOwnerIds: [] }],
  colleagues: () => [{ ownerId: 'works', openDealOwnerIds: [] }],
  new: () => [],
  left: () => [{ ownerId: 'gone', openDealOwnerIds: [] }],
};

function differences(draft: Draft): readonly string[] {
  const before = new Map([...draft.base.values()].map(one => [`${one.channelId} ${one.employeeId}`, one]));
  const after = new Map(assignmentsOf(draft).map(one => [`${one.channelId} ${one.employeeId}`, one]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(key => {
    const [channelId = '', employeeId = ''] = key.split(' ');
    // A channel that is gone has no chats.
    if (channelId === 'closed') return [];
    return CHAT_KINDS.flatMap(kind => {
      const holders = HOLDERS[kind]({ channelId, employeeId });
      const was = chatView(before.get(key), holders, id => id === 'works');
      const is = chatView(after.get(key), holders, id => id === 'works');
      const change: SightChange | null =
        was.sees !== is.sees
          ? is.sees
            ? 'gains'
            : 'loses'
          : was.writes !== is.writes
            ? is.writes
              ? 'mayAnswer'
              : 'mayNotAnswer'
            : null;
      return change === null ? [] : [`${employeeId} ${channelId} ${kind} ${change}`];
    });
  });
}
