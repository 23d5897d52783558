/** An account in which everything is set up, for trying the sellers' side at once. */
import type { ChatAccount, WireRole } from '../world/chat.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import type { World } from '../world/world.ts';

const ROLES: readonly (readonly [number, WireRole])[] = [
  [ADMIN, 'manager'],
  [SELLER_A, 'seller'],
  [SELLER_B, 'seller'],
  [HEAD_OF_SALES, 'manager'],
];

/** Employees who have a role on every channel. */
export const ROLE_HOLDERS = ROLES.map(([id]) => id);
export const READY_SETTINGS = { v: 1, standInOwners: [String(NOBODY)] };

/** Installs the widget, gives roles on every channel, and lets a first client write. */
export function furnish({ crm, chat, clientWrites }: World): void {
  Object.assign(crm.integration, {
    status: 'installed',
    active: true,
    fields: { custom: JSON.stringify(READY_SETTINGS) },
  });
  giveRoles(chat, crm.users);
  clientWrites();
}

export function giveRoles(chat: ChatAccount, users: ReadonlyMap<number, { readonly name: string }>): void {
  for (const [id] of ROLES) {
    const userId = String(id);
    chat.users.set(userId, { id: userId, name: users.get(id)?.name ?? userId });
  }
  chat.settings = {
    ...chat.settings,
    userRoles: chat.channels.flatMap(({ channelId }) =>
      ROLES.map(([id, role]) => ({
        channelId,
        userId: String(id),
        role,
        allowGetNewClients: role === 'seller',
      })),
    ),
  };
}
