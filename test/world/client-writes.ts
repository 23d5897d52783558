/** A client writes: the chat service gets the message, and the CRM next to it creates a contact. */
import type { ChatAccount } from './chat.ts';
import { SALES_CHANNEL } from './chats.ts';
import type { Crm, CrmContact } from './crm.ts';
import { FIRST_WORDS } from './first-words.ts';
import { NOBODY, type Language } from './people.ts';
import type { Company } from './pipedrive/company.ts';
import type { Person } from './pipedrive/persons.ts';

export type ClientMessage = {
  readonly name: string;
  readonly phone: string;
  readonly text: string;
  readonly channelId: string;
};
type Writer = Pick<ClientMessage, 'name' | 'phone'>;

export function receive(chat: ChatAccount, language: Language, message: Partial<ClientMessage>): Writer {
  const words = FIRST_WORDS[language];
  const phone = message.phone ?? `+7 916 000-00-${String(chat.threads.length + 1).padStart(2, '0')}`;
  const name =
    message.name ?? (chat.threads.length === 0 ? words.name : `${words.name} ${chat.threads.length + 1}`);
  chat.receive({
    channelId: message.channelId ?? SALES_CHANNEL,
    chatId: digitsOf(phone),
    name,
    text: message.text ?? words.text,
  });
  return { name, phone };
}

/** The contact that has the number already, or a new one owned by the stand-in owner. */
export const contactOf = ({ contacts, addContact }: Crm, { name, phone }: Writer): CrmContact =>
  [...contacts.values()].find(one => one.phones.some(own => isSame(own, phone))) ??
  addContact(name, [phone], NOBODY);

export const personOf = ({ persons, addPerson }: Company, { name, phone }: Writer): Person =>
  [...persons.values()].find(one => one.phones.some(({ value }) => isSame(value, phone))) ??
  addPerson({ name, phones: [phone], ownerId: NOBODY });

/** The number as the chat service stores it: digits only. */
const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

const isSame = (one: string, other: string): boolean => digitsOf(one) === digitsOf(other);
