/**
 * When the chat service asks the CRM to create a client: in turn at the first message, when the first person answers,
 * or when a person presses "+". It asks only if people were loaded and one of them receives new clients, and never
 * again once the client is known. A deal is requested after its contact, if pipelines were loaded.
 */
import type { ChatAccount, ChatContact, Thread } from './chat.ts';
import type { ChatEvents } from './chat-events.ts';
import type { CreationRequest } from './chat-hooks.ts';

/** How the account distributes new clients, as set in the service's own cabinet. */
export type NewClients = 'nobody' | 'first-responder' | 'in-turn';

export type Creations = {
  /** Stores a contact that the CRM has created for the service. */
  readonly made: (contact: ChatContact, source: 'auto' | 'byUser') => void;
  /** A person requests a deal by hand. */
  readonly pressPlus: (userId: string, contactId: string) => void;
};

type Account = Pick<ChatAccount, 'users' | 'contacts' | 'deals' | 'settings' | 'pipelines' | 'newClients'> & {
  readonly ask: (request: CreationRequest) => void;
};

export function createCreations({ listen }: ChatEvents, account: () => Account): Creations {
  let turn = 0;
  const receivers = (channelId: string): string[] => {
    const { users, settings } = account();
    return settings.userRoles
      .filter(one => one.channelId === channelId && one.allowGetNewClients && users.has(one.userId))
      .map(one => one.userId);
  };
  const isKnown = ({ chatType, chatId }: Pick<Thread, 'chatType' | 'chatId'>): boolean =>
    [...account().contacts.values()].some(({ contactData }) =>
      contactData.some(one => one.chatType === chatType && one.chatId === chatId),
    );

  listen(event => {
    if (event.kind !== 'message' || event.before || event.isDeleted) return;
    const { place, message } = event;
    const { newClients, ask } = account();
    const people = receivers(place.channelId);
    if (newClients === 'nobody' || people.length === 0 || isKnown(place)) return;
    const isTurn = newClients === 'in-turn' && message.from === 'client' && event.isFirst === true;
    const responder = newClients === 'first-responder' ? message.authorId : undefined;
    const chosen = isTurn ? people[turn % people.length] : responder;
    if (chosen === undefined || !account().users.has(chosen)) return;
    if (isTurn) turn += 1;
    const { chatType, chatId, name } = place;
    ask({ entity: 'contact', responsibleUserId: chosen, name, chatType, chatId, source: 'auto' });
  });

  const askDeal = (responsibleUserId: string, contactId: string, source: 'auto' | 'byUser'): void => {
    const { pipelines, ask } = account();
    if (pipelines.length > 0) ask({ entity: 'deal', responsibleUserId, contactId, source });
  };
  return {
    made(contact, source) {
      account().contacts.set(contact.id, contact);
      askDeal(contact.responsibleUserId, contact.id, source);
    },
    pressPlus: (userId, contactId) => askDeal(userId, contactId, 'byUser'),
  };
}
