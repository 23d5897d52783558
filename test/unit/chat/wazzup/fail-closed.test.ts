/** Whatever the chat service says that this version has never heard of shows nobody more than before. */
import fc from 'fast-check';
import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { assignmentFrom, channelFrom, channelList, settings } from '../../../../widget/chat/wazzup/wire.ts';
import { ROLES } from '../../../../widget/domain/role.ts';
import { chatView, type Holder } from '../../../../widget/domain/visibility.ts';

const KNOWN_ROLES = ['seller', 'manager', 'auditor'];
const word = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'admin',
    'Manager',
    'SELLER',
    'seller ',
    '__proto__',
    'constructor',
    'toString',
    'supervisor',
  ),
);
const row = (role: unknown): object => ({ channelId: 'c', userId: 'me', role, allowGetNewClients: true });
const id = fc.constantFrom('me', 'a', 'b', 'gone');
const holders = fc.array(fc.record({ ownerId: id, openDealOwnerIds: fc.array(id, { maxLength: 3 }) }), {
  maxLength: 4,
});
const assignment = fc.record({
  channelId: fc.constant('c'),
  employeeId: fc.constant('me'),
  role: fc.constantFrom(...ROLES),
  receivesNewClients: fc.boolean(),
});
const works = (employeeId: string): boolean => employeeId !== 'gone';

describe('a list of roles', () => {
  it('with one unknown role is no list at all', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...KNOWN_ROLES)), word, (roles, strange) => {
        fc.pre(!KNOWN_ROLES.includes(strange));
        const userRoles = [...roles, strange].map(row);
        expect(safeParse(settings, { userRoles }).success).toBe(false);
      }),
    );
  });

  it('of any shape is either refused or made of known roles alone', () => {
    const anything = fc.oneof(fc.json(), fc.anything());
    fc.assert(
      fc.property(fc.oneof(anything, fc.record({ userRoles: fc.array(anything) })), given => {
        const read = safeParse(settings, given);
        const roles = read.success ? read.output.userRoles.map(one => assignmentFrom(one).role) : [];
        expect(roles.filter(role => !ROLES.includes(role))).toEqual([]);
      }),
    );
  });

  it('gives new clients to nobody of whom it does not say so', () => {
    const { output } = safeParse(settings, { userRoles: [{ channelId: 'c', userId: 'me', role: 'seller' }] });
    expect(output).toMatchObject({ userRoles: [{ allowGetNewClients: false }] });
    for (const strange of ['true', 1, 'yes', {}]) {
      const given = { userRoles: [{ ...row('seller'), allowGetNewClients: strange }] };
      expect(safeParse(settings, given).success).toBe(false);
    }
  });
});

describe('a channel', () => {
  it('works only in the one state that says so', () => {
    fc.assert(
      fc.property(word, word, (state, transport) => {
        fc.pre(state.toLowerCase() !== 'active');
        expect(channelFrom({ channelId: 'c', state, transport }).state).not.toBe('active');
      }),
    );
  });

  it('of any shape is either refused or has a known state', () => {
    fc.assert(
      fc.property(fc.anything(), given => {
        const read = safeParse(channelList, [given]);
        const states = read.success ? read.output.map(one => channelFrom(one).state) : [];
        expect(states.filter(state => typeof state !== 'string')).toEqual([]);
      }),
    );
  });
});

describe('what somebody sees', () => {
  const sees = (seat: Parameters<typeof chatView>[0], known: readonly Holder[]): boolean =>
    chatView(seat, known, works).sees;

  it('is nothing without a role, whoever holds the client', () => {
    fc.assert(
      fc.property(holders, known => {
        expect(sees(undefined, known)).toBe(false);
      }),
    );
  });

  it('is never written by an auditor, and never by whoever does not see it', () => {
    fc.assert(
      fc.property(assignment, holders, (seat, known) => {
        const view = chatView(seat, known, works);
        expect(view.writes && (!view.sees || seat.role === 'auditor')).toBe(false);
      }),
    );
  });

  it('is not more for a seller when somebody else’s contact becomes known', () => {
    fc.assert(
      fc.property(assignment, holders, fc.constantFrom('a', 'b', 'gone'), (seat, known, ownerId) => {
        const more = [...known, { ownerId, openDealOwnerIds: [] }];
        expect(sees(seat, more) && !sees(seat, known)).toBe(false);
      }),
    );
  });

  it('is not more when new clients are taken away', () => {
    fc.assert(
      fc.property(assignment, holders, (seat, known) => {
        const [without, having] = [false, true].map(receivesNewClients =>
          sees({ ...seat, receivesNewClients }, known),
        );
        expect(without && !having).toBe(false);
      }),
    );
  });
});
