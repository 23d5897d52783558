/** What others in the office do to a client when the stage bar asks for it. */
import type { CrmContact } from '../world/crm.ts';
import { ADMIN, SELLER_A, SELLER_B, type Language } from '../world/people.ts';
import type { World } from '../world/world.ts';

const DEALS: Record<Language, readonly [string, string]> = {
  ru: ['Двери', 'Окна'],
  en: ['Doors', 'Windows'],
};

/** The client whose card, or whose deal's card, has this address; otherwise the latest client. */
export function clientAt(world: World, address: string): CrmContact {
  const { contacts, leads } = world.crm;
  const [, entity, id] = /^\/(contacts|leads)\/detail\/(\d+)/.exec(address) ?? [];
  const contactId = entity === 'leads' ? leads.get(Number(id))?.contactIds[0] : Number(id);
  const last = [...contacts.values()].findLast(contact => !contact.isDeleted);
  return contacts.get(contactId ?? 0) ?? last ?? world.clientWrites();
}

/** Adds two deals: one of the client's owner, one of a colleague. */
export function giveDeals({ crm, options }: World, client: CrmContact): void {
  const [own, other] = DEALS[options.language];
  crm.addLead(own, [client.id], client.responsibleUserId);
  crm.addLead(other, [client.id], client.responsibleUserId === SELLER_B ? SELLER_A : SELLER_B);
}

/** As an admin does on the card or in the list. */
export function handOver({ crm }: World, client: CrmContact, toId: number): void {
  crm.assignContact(ADMIN, client.id, toId);
}
