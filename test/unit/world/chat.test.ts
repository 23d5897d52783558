import { describe, expect, it } from 'vitest';
import { keysOf } from '../../support/keys.ts';
import type { Thread, UserRole, WireRole } from '../../world/chat.ts';
import { createWorld, SALES_CHANNEL, WHOLESALE_CHANNEL, type World } from '../../world/world.ts';

const ME = '1';
const COLLEAGUE = '2';
const PHONE = '79160000001';

type Ownership = (world: World) => void;

const contactOf =
  (responsibleUserId: string, id = 'c-1', chatId = PHONE): Ownership =>
  ({ chat }) => {
    chat.contacts.set(id, {
      id,
      responsibleUserId,
      name: 'Anna',
      contactData: [{ chatType: 'whatsapp', chatId }],
    });
  };
const dealOf =
  (responsibleUserId: string, closed = false): Ownership =>
  ({ chat }) => {
    chat.deals.set('d-1', {
      id: 'd-1',
      responsibleUserId,
      name: 'Doors',
      uri: 'x',
      contacts: ['c-1'],
      closed,
    });
  };

const OWNERSHIPS = {
  unknown: [],
  mine: [contactOf(ME)],
  "a colleague's": [contactOf(COLLEAGUE)],
  "a colleague's with an open deal of mine": [contactOf(COLLEAGUE), dealOf(ME)],
  "a colleague's with a closed deal of mine": [contactOf(COLLEAGUE), dealOf(ME, true)],
  "a colleague's and mine, in two contacts": [contactOf(COLLEAGUE), contactOf(ME, 'c-2')],
  'mine under another number': [contactOf(ME, 'c-1', '79160000002')],
  'of an employee who has left': [contactOf('gone')],
} as const satisfies Record<string, readonly Ownership[]>;

function worldWith(
  role: UserRole | undefined,
  ownerships: readonly Ownership[],
): { world: World; thread: Thread } {
  const world = createWorld();
  if (role) world.chat.settings.userRoles = [role];
  const thread = world.chat.receive({ channelId: SALES_CHANNEL, chatId: PHONE, name: 'Anna', text: 'Hello' });
  ownerships.forEach(own => own(world));
  return { world, thread };
}

const roleIn = (role: WireRole, allowGetNewClients = false, channelId = SALES_CHANNEL): UserRole => ({
  channelId,
  userId: ME,
  role,
  allowGetNewClients,
});

type Expected = readonly [keyof typeof OWNERSHIPS, sees: boolean, seesWithNewClients: boolean];
const SELLERS: readonly Expected[] = [
  ['unknown', false, true],
  ['mine', true, true],
  ["a colleague's", false, false],
  ["a colleague's with an open deal of mine", true, true],
  ["a colleague's with a closed deal of mine", false, false],
  ["a colleague's and mine, in two contacts", true, true],
  ['mine under another number', false, true],
  ['of an employee who has left', false, false],
];

describe('a seller and a chat', () => {
  it.each(SELLERS)(
    'whose client is %s: it is visible (%s), and with new clients (%s)',
    (ownership, sees, seesNew) => {
      for (const [receives, expected] of [
        [false, sees],
        [true, seesNew],
      ] as const) {
        const { world, thread } = worldWith(roleIn('seller', receives), OWNERSHIPS[ownership]);
        expect(world.chat.maySee(ME, thread)).toBe(expected);
        expect(world.chat.mayWrite(ME, thread)).toBe(expected);
        expect(world.chat.threadsOf(ME)).toEqual(expected ? [thread] : []);
      }
    },
  );
});

describe.each(keysOf(OWNERSHIPS))('a chat whose client is %s', ownership => {
  it.each<[string, UserRole | undefined, boolean, boolean]>([
    ['a supervisor', roleIn('manager'), true, true],
    ['an auditor', roleIn('auditor'), true, false],
    ['an employee without a role', undefined, false, false],
    ['a supervisor of another channel', roleIn('manager', true, WHOLESALE_CHANNEL), false, false],
  ])('is visible to %s: %s', (_who, role, sees, writes) => {
    const { world, thread } = worldWith(role, OWNERSHIPS[ownership]);
    expect(world.chat.maySee(ME, thread)).toBe(sees);
    expect(world.chat.mayWrite(ME, thread)).toBe(writes);
  });
});

describe('the chat service', () => {
  it('does not know a contact that it never got, even if the CRM has it', () => {
    const world = createWorld();
    world.chat.settings.userRoles = [{ ...roleIn('seller'), userId: '8002' }];
    const contact = world.clientWrites();
    world.crm.assignContact(8002, contact.id, 8002);
    expect(world.crm.contacts.get(contact.id)?.responsibleUserId).toBe(8002);
    expect(world.chat.contacts.size).toBe(0);
    expect(world.chat.threadsOf('8002')).toEqual([]);
  });

  it('keeps one chat for each client of a channel', () => {
    const { chat } = createWorld();
    const message = { channelId: SALES_CHANNEL, chatId: PHONE, name: 'Anna', text: 'Hello' };
    chat.receive(message);
    chat.receive({ ...message, text: 'Are you there?' });
    chat.receive({ ...message, channelId: WHOLESALE_CHANNEL });
    expect(chat.threads.map(({ chatType, messages }) => [chatType, messages.length])).toEqual([
      ['whatsapp', 2],
      ['telegram', 1],
    ]);
  });

  it('refuses a message on an unknown channel', () => {
    const { chat } = createWorld();
    expect(() => chat.receive({ channelId: 'none', chatId: PHONE, name: 'Anna', text: 'Hello' })).toThrow(
      'none',
    );
  });
});
