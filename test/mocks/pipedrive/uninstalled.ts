/** What an uninstall of one person leaves behind: none of their grants, and none of the webhooks that were made with them (B2, B7). */
import type { Company } from '../../world/pipedrive/company.ts';
import type { World } from '../../world/world.ts';

export function uninstalled(world: World, company: Company, userId: number): void {
  world.pipedrive.oauth.end(company, userId);
  company.webhooks.removeOf(userId);
  world.changed();
}
