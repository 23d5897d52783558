/** Follow-ups over the emulated services, for seller A who has just become responsible for a client. */
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import type { CrmContact } from '../../../world/crm.ts';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import type { Employee } from '../../../../domain/employee.ts';
import { followUpSteps } from '../../../../widget/claim/follow-up/steps.ts';
import type { FollowUp, FollowUpOutcome, Outbox } from '../../../../widget/claim/follow-up/follow-up.ts';
import type { Try } from '../../../../widget/claim/follow-up/outbox.ts';
import { openOutbox } from '../../../../widget/claim/follow-up/outbox-open.ts';
import type { Staff } from '../../../../widget/claim/follow-up/undo.ts';
import { memoryStorage } from '../../settings/memory-storage.ts';
import { servicesOf } from '../../services.ts';

export const A = String(SELLER_A);
export const B = String(SELLER_B);
export const NO_ONE = String(NOBODY);

export type FollowUpStage = ReturnType<typeof followUpStage>;

export function followUpStage() {
  const stage: NodeStage = stageInNode({ person: SELLER_A });
  const { world } = stage;
  const roleOf = (person: number, role: 'seller' | 'manager') => ({
    channelId: SALES_CHANNEL,
    userId: String(person),
    role,
    allowGetNewClients: true,
  });
  world.chat.settings = {
    ...world.chat.settings,
    userRoles: [roleOf(SELLER_A, 'seller'), roleOf(SELLER_B, 'seller'), roleOf(HEAD_OF_SALES, 'manager')],
  };
  const client: CrmContact = world.clientWrites();
  const services = servicesOf(world);
  const staff: Staff = {
    standInOwners: [NO_ONE],
    employee: id => employees().find(one => one.id === id),
  };
  const employees = (): readonly Employee[] =>
    [...world.crm.users.values()].map(({ id, name, email, isActive, isAdmin }) => ({
      id: String(id),
      name,
      email,
      group: '',
      groupId: '0',
      active: isActive,
      admin: isAdmin,
      free: false,
      editsContacts: 'unknown',
    }));
  const given = {
    ...services,
    me: A,
  };
  const outboxes: (() => void)[] = [];
  return {
    stage,
    world,
    client,
    contactId: String(client.id),
    staff,
    employees,
    ...services,
    /** One try of one follow-up; the second and later tries say when it was sent. */
    attempt: (followUp: FollowUp, known: Partial<Try> = {}): Promise<FollowUpOutcome> =>
      followUpSteps({ ...given, nameOf: id => staff.employee(id)?.name, now: world.clock.now })(followUp, {
        contact: undefined,
        sentAt: null,
        sending: () => undefined,
        ...known,
      }),
    /** Whose the client is in the CRM. */
    owner: () => String(client.responsibleUserId),
    /** The CRM's deal, and its owner as the chat service knows it. */
    addDeal: (name: string, owner: number) => world.crm.addLead(name, [client.id], owner),
    openOutbox(storage = memoryStorage()): Outbox {
      const { outbox, stop } = openOutbox(
        { ...services, account: { id: '31' }, me: A, staff },
        {
          storage: () => storage,
          locks: undefined,
          events: new EventTarget(),
        },
      );
      outboxes.push(stop);
      return outbox;
    },
    close() {
      outboxes.forEach(stop => stop());
      stage.close();
    },
  };
}
