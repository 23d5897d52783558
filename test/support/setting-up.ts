/** Worlds in which the set-up is complete; stories about later steps start here. */
import type { Sandbox } from '../sandbox/sandbox.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';

/** The widget is installed and connected, and A and B are sales reps who receive new clients. */
export function connected({ world, connect }: Sandbox): void {
  const { integration } = world.crm;
  integration.status = 'installed';
  integration.active = true;
  integration.fields = {
    custom: JSON.stringify({ v: 1, standInOwners: [String(NOBODY)] }),
  };
  connect();
  world.chat.settings = {
    ...world.chat.settings,
    userRoles: [SELLER_A, SELLER_B].map(person => ({
      channelId: SALES_CHANNEL,
      userId: String(person),
      role: 'seller' as const,
      allowGetNewClients: true,
    })),
  };
}
