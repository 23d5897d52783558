/** An answer of the chat service that this version does not know never shows a person more chats than before. */
import fc from 'fast-check';
import { parse, safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { roleListFrom, settings } from '../../../../widget/chat/wazzup/roles.ts';
import { channelFrom, channelRecord, listOf } from '../../../../widget/chat/wazzup/wire.ts';
import { ROLES } from '../../../../domain/role.ts';
import { chatView, type Holder } from '../../../../domain/visibility.ts';

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
const row = (role: unknown, userId = 'me'): object => ({
  channelId: 'c',
  userId,
  role,
  allowGetNewClients: true,
});
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
  const read = (answer: unknown) => {
    const { success, output } = safeParse(settings, answer);
    return success ? roleListFrom({ value: output, header: () => '"1"' }) : null;
  };

  it('leaves out a person with an unknown role', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...KNOWN_ROLES)), word, (roles, strange) => {
        fc.pre(!KNOWN_ROLES.includes(strange));
        const userRoles = [...roles, strange].map((role, at) => row(role, `${at}`));
        const list = read({ userRoles });
        expect(list?.assignments.map(one => one.employeeId)).toEqual(roles.map((_, at) => `${at}`));
        expect(list?.notUnderstood).toBe(1);
      }),
    );
  });

  it('of any shape is either refused or made of known roles alone', () => {
    const anything = fc.oneof(fc.json(), fc.anything());
    fc.assert(
      fc.property(fc.oneof(anything, fc.record({ userRoles: fc.array(anything) })), given => {
        const roles = read(given)?.assignments.map(one => one.role) ?? [];
        expect(roles.filter(role => !ROLES.includes(role))).toEqual([]);
      }),
    );
  });

  it.each([undefined, null, 'true', 1, 'yes', {}])(
    'turns new clients on for true only: %j',
    allowGetNewClients => {
      const list = read({ userRoles: [{ ...row('seller'), allowGetNewClients }] });
      expect(list?.assignments).toMatchObject([{ role: 'seller', receivesNewClients: false }]);
    },
  );

  it('gives a person who is listed twice the narrower role', () => {
    const width = ['seller', 'auditor', 'manager'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...width), { minLength: 1 }), roles => {
        const narrowest = width.find(role => roles.includes(role));
        const role = narrowest === 'manager' ? 'supervisor' : narrowest;
        expect(read({ userRoles: roles.map(one => row(one)) })?.assignments).toMatchObject([{ role }]);
      }),
    );
  });
});

describe('a channel', () => {
  const channelOf = (about: object) => channelFrom(parse(channelRecord, { channelId: 'c', ...about }));

  it('is active only when the service says "active"', () => {
    fc.assert(
      fc.property(fc.oneof(word, fc.anything()), word, (state, transport) => {
        fc.pre(typeof state !== 'string' || state.toLowerCase() !== 'active');
        expect(channelOf({ state, transport }).state).not.toBe('active');
      }),
    );
  });

  it('of any shape is either left out or has a known state', () => {
    fc.assert(
      fc.property(fc.anything(), given => {
        const { items } = parse(listOf(channelRecord), [given]);
        const states = items.map(one => channelFrom(one).state);
        expect(states.filter(state => typeof state !== 'string')).toEqual([]);
      }),
    );
  });
});

describe('what a person sees', () => {
  const sees = (seat: Parameters<typeof chatView>[0], known: readonly Holder[]): boolean =>
    chatView(seat, known, works).sees;

  it('is nothing without a role, for any owner of the client', () => {
    fc.assert(
      fc.property(holders, known => {
        expect(sees(undefined, known)).toBe(false);
      }),
    );
  });

  it('can be answered only by a person who sees it and is no auditor', () => {
    fc.assert(
      fc.property(assignment, holders, (seat, known) => {
        const view = chatView(seat, known, works);
        expect(view.writes && (!view.sees || seat.role === 'auditor')).toBe(false);
      }),
    );
  });

  it('does not grow when another employee’s contact becomes known', () => {
    fc.assert(
      fc.property(assignment, holders, fc.constantFrom('a', 'b', 'gone'), (seat, known, ownerId) => {
        const more = [...known, { ownerId, openDealOwnerIds: [] }];
        expect(sees(seat, more) && !sees(seat, known)).toBe(false);
      }),
    );
  });

  it('does not grow when new clients are turned off', () => {
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
