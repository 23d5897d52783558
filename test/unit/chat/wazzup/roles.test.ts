/** The service replaces the whole list of roles at each write, so what this version does not understand is written back unchanged. */
import fc from 'fast-check';
import { parse } from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoleList } from '../../../../widget/chat/chat.ts';
import { roleListFrom, settings, settingsTo } from '../../../../widget/chat/wazzup/roles.ts';
import { seatKey, type Assignment } from '../../../../domain/assignment.ts';
import { ROLES } from '../../../../domain/role.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { servicesOf } from '../../../support/services.ts';

const read = (answer: unknown): RoleList =>
  roleListFrom({ value: parse(settings, answer), header: () => '"1"' });
const row = (userId: unknown, role: unknown, more: object = {}): object => ({
  channelId: 'c',
  userId,
  role,
  allowGetNewClients: role === 'seller',
  ...more,
});
const give = (employeeId: string, role: Assignment['role']): Assignment => ({
  channelId: 'c',
  employeeId,
  role,
  receivesNewClients: false,
});
const withRole = (list: RoleList, given: Assignment): RoleList => ({
  ...list,
  assignments: [...list.assignments.filter(one => seatKey(one) !== seatKey(given)), given],
});

const userId = fc.constantFrom('1', '2', '3', 4);
const wireRole = fc.constantFrom('seller', 'manager', 'auditor');
const known = fc.record(
  {
    channelId: fc.constantFrom('c', 'd', 5),
    userId,
    role: wireRole,
    allowGetNewClients: fc.oneof(fc.boolean(), fc.constant('yes')),
    since: fc.integer(),
  },
  { requiredKeys: ['channelId', 'userId', 'role'] },
);
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, 'seller', 7, [], {}),
  fc.record({ channelId: fc.constant('c'), userId, role: fc.constantFrom('observer', 'Seller', null, 1) }),
  fc.record({ channelId: fc.constant('c'), userId }),
  fc.record({ userId, role: wireRole }),
);
const seatOf = ({ channelId, userId }: { channelId: unknown; userId: unknown }): string =>
  `${String(channelId)} ${String(userId)}`;
const rows = fc.tuple(
  fc.uniqueArray(known, { selector: seatOf }),
  fc.array(odd),
  fc.infiniteStream(fc.nat()),
);
/** Good rows with odd ones between them. */
const mixed = rows.map(([good, strange, places]) => {
  const all: unknown[] = [...good];
  for (const one of strange) all.splice((places.next().value ?? 0) % (all.length + 1), 0, one);
  return { good, strange, all };
});
const beside = fc.dictionary(fc.string(), fc.jsonValue()).filter(fields => !('userRoles' in fields));

describe('a list of roles with odd rows among the good ones', () => {
  it('shows exactly the good ones, and counts the odd ones', () => {
    fc.assert(
      fc.property(mixed, ({ good, strange, all }) => {
        const list = read({ userRoles: all });
        expect(list.assignments.map(seatKey)).toEqual(good.map(seatOf));
        expect(list.notUnderstood).toBe(strange.length);
      }),
    );
  });

  it('is written back exactly as it was read, with all other fields', () => {
    fc.assert(
      fc.property(mixed, beside, ({ all }, fields) => {
        const answer = { ...fields, userRoles: all };
        expect(settingsTo(read(answer))).toEqual(answer);
      }),
    );
  });

  it('keeps every row except those of the changed seat', () => {
    fc.assert(
      fc.property(
        mixed,
        fc.constantFrom('1', '2', '3', '4'),
        fc.constantFrom(...ROLES),
        (given, id, role) => {
          const list = read({ userRoles: given.all });
          const isChanged = list.assignments.every(
            one => seatKey(one) !== `c ${id}` || one.role !== role || one.receivesNewClients,
          );
          fc.pre(isChanged);
          const written = settingsTo(withRole(list, give(id, role)));
          const others = given.all.filter(one => !isOf(one, id));
          expect(written).toMatchObject({ userRoles: expect.arrayContaining(others) });
          const mine = rowsIn(written).filter(one => isOf(one, id));
          expect(mine).toMatchObject([
            { role: role === 'supervisor' ? 'manager' : role, allowGetNewClients: false },
          ]);
          expect(rowsIn(written)).toHaveLength(others.length + 1);
        },
      ),
    );
  });
});

const rowsIn = (written: object): readonly unknown[] => Reflect.get(written, 'userRoles');
const isOf = (one: unknown, id: string): boolean =>
  String(Reflect.get(Object(one), 'channelId')) === 'c' && String(Reflect.get(Object(one), 'userId')) === id;

describe('a row', () => {
  it('keeps unknown fields when its role changes', () => {
    const list = read({ userRoles: [row(1, 'seller', { until: '2027-01-01' })] });
    expect(settingsTo(withRole(list, give('1', 'auditor')))).toEqual({
      userRoles: [row(1, 'auditor', { until: '2027-01-01' })],
    });
  });

  it('is removed with its role', () => {
    const list = read({ userRoles: [row('1', 'seller'), row('2', 'observer')] });
    expect(settingsTo({ ...list, assignments: [] })).toEqual({ userRoles: [row('2', 'observer')] });
  });

  it('that is listed twice is written once, with the narrowest role', () => {
    const list = read({ userRoles: [row('1', 'manager'), row('1', 'auditor'), row('1', 'manager')] });
    expect(settingsTo(list)).toEqual({ userRoles: [row('1', 'auditor')] });
  });

  it('is written once for each seat, also when the list to write has a seat twice', () => {
    const list = read({ userRoles: [] });
    const assignments = [give('1', 'seller'), give('1', 'auditor')];
    expect(settingsTo({ ...list, assignments })).toEqual({ userRoles: [row('1', 'auditor')] });
  });
});

describe('the switch of notifications', () => {
  it('is written only when it was changed', () => {
    const odd = { pushInputOutputMessageEventsForManagers: 'sometimes', userRoles: [] };
    const list = read(odd);
    expect(list.notifySupervisors).toBe(false);
    expect(settingsTo(list)).toEqual(odd);
    expect(settingsTo({ ...list, notifySupervisors: true })).toEqual({
      pushInputOutputMessageEventsForManagers: true,
      userRoles: [],
    });
  });
});

describe('roles in the chat service', () => {
  let stage: NodeStage;
  beforeEach(() => {
    stage = stageInNode({ person: ADMIN });
  });
  afterEach(() => stage.close());

  it('that this version does not understand survive a save through the gateway', async () => {
    const { chat } = servicesOf(stage.world);
    const strange = [{ ...row(String(SELLER_B), 'observer'), level: 3 }, { channelId: 'c' }];
    Object.assign(stage.world.chat, { settings: { plan: 'pro', userRoles: strange } });
    const list = await chat.roles();
    expect(list.notUnderstood).toBe(2);
    const saved = await chat.saveRoles(withRole(list, give(String(SELLER_A), 'seller')));
    expect(saved.assignments).toEqual([give(String(SELLER_A), 'seller')]);
    expect(stage.world.chat.settings).toEqual({
      plan: 'pro',
      userRoles: [...strange, row(String(SELLER_A), 'seller', { allowGetNewClients: false })],
    });
  });

  it.each([[{}], [{ userRoles: null }]])('are an empty list when there is none: %j', async settings => {
    Object.assign(stage.world.chat, { settings });
    const { chat } = servicesOf(stage.world);
    expect(await chat.roles()).toMatchObject({ assignments: [], notUnderstood: 0 });
    await chat.saveRoles(withRole(await chat.roles(), give('1', 'seller')));
    expect(stage.world.chat.settings.userRoles).toHaveLength(1);
  });
});
