/**
 * The chats that a role reaches. Chats fall into four kinds, by who sees them. What a change of roles gives and takes
 * is the difference of domain/visibility.ts over these kinds.
 */
import { chatView, type ChatView, type Holder } from '../../../../domain/visibility.ts';
import type { RoleChoice } from './draft.ts';

/** `left`: chats of clients whose owner has left the company. */
export const CHAT_KINDS = ['own', 'colleagues', 'new', 'left'] as const;
export type ChatKind = (typeof CHAT_KINDS)[number];

/** `deal`: a colleague's client with an open deal of the person. It counts among a seller's own chats. */
export type AskedKind = ChatKind | 'deal';
export const ASKED_KINDS: readonly AskedKind[] = ['own', 'deal', 'colleagues', 'new', 'left'];

// No CRM has such ids, so neither equals an employee's id.
const COLLEAGUE = 'a colleague';
const LEFT = 'somebody who left';

export const viewOf = (
  kind: AskedKind,
  employeeId: string,
  { role, receivesNewClients }: RoleChoice,
): ChatView =>
  chatView(
    role === null ? undefined : { channelId: '', employeeId, role, receivesNewClients },
    holdersOf(kind, employeeId),
    id => id !== LEFT,
  );

function holdersOf(kind: AskedKind, employeeId: string): readonly Holder[] {
  switch (kind) {
    case 'own':
      return [{ ownerId: employeeId, openDealOwnerIds: [] }];
    case 'deal':
      return [{ ownerId: COLLEAGUE, openDealOwnerIds: [employeeId] }];
    case 'colleagues':
      return [{ ownerId: COLLEAGUE, openDealOwnerIds: [] }];
    case 'new':
      return [];
    case 'left':
      return [{ ownerId: LEFT, openDealOwnerIds: [] }];
  }
}
