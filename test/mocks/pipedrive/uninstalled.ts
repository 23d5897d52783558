/** Removes what belongs to one person's installation: their grants, and the webhooks created with them. */
import type { Company } from '../../world/pipedrive/company.ts';
import type { World } from '../../world/world.ts';

export function uninstalled(world: World, company: Company, userId: number): void {
  world.pipedrive.oauth.end(company, userId);
  company.webhooks.removeOf(userId);
  world.changed();
}
