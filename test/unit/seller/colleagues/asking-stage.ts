/** A stage for questions between colleagues about a client, with the emulated CRM, as seller A. */
import { stageInNode } from '../../../mocks/node.ts';
import type { CrmContact } from '../../../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import type { Employee } from '../../../../domain/employee.ts';
import { servicesOf } from '../../../support/services.ts';

export const A = String(SELLER_A);
export const B = String(SELLER_B);
export const NO_ONE = String(NOBODY);

export function askingStage() {
  const stage = stageInNode({ person: SELLER_A });
  const { world } = stage;
  const client: CrmContact = world.clientWrites();
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
  return {
    stage,
    world,
    client,
    contactId: String(client.id),
    records: servicesOf(world).records,
    employees,
    close: stage.close,
  };
}
