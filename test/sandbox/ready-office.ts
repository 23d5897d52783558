/** An account in which everything has been set up, for those who want to look at the sellers' side at once. */
import type { WireRole } from '../world/chat.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import type { World } from '../world/world.ts';

const ROLES: readonly (readonly [number, WireRole])[] = [
  [ADMIN, 'manager'],
  [SELLER_A, 'seller'],
  [SELLER_B, 'seller'],
  [HEAD_OF_SALES, 'manager'],
];

/** The widget is installed, roles are given on every channel, and a first client has written. */
export function furnish({ crm, chat, clientWrites }: World): void {
  Object.assign(crm.integration, {
    status: 'installed',
    active: true,
    fields: { custom: JSON.stringify({ v: 1, standInOwners: [String(NOBODY)] }) },
  });
  for (const [id] of ROLES) {
    const userId = String(id);
    chat.users.set(userId, { id: userId, name: crm.users.get(id)?.name ?? userId });
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
  clientWrites();
}
