/** An account in which everything has been set up, for those who want to look at the sellers' side at once. */
import { withOwnSettings } from '../../widget/domain/own-settings.ts';
import type { WireRole } from '../world/chat.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import type { World } from '../world/world.ts';

const ROLES: readonly (readonly [number, WireRole])[] = [
  [ADMIN, 'manager'],
  [SELLER_A, 'seller'],
  [SELLER_B, 'seller'],
  [HEAD_OF_SALES, 'manager'],
];

/** Installs and connects the widget, gives roles on every channel, and lets a first client write. */
export function furnish({ crm, chat, clientWrites }: World, gateway: string): void {
  Object.assign(crm.integration, {
    status: 'installed',
    active: true,
    fields: { custom: withOwnSettings('', { chatUrl: gateway, standInOwners: [String(NOBODY)] }) },
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
