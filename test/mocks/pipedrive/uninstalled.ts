/** What an uninstall of one person leaves behind: none of their grants (B2). */
import type { Company } from '../../world/pipedrive/company.ts';
import type { World } from '../../world/world.ts';

export function uninstalled(world: World, company: Company, userId: number): void {
  world.pipedrive.oauth.end(company, userId);
  world.changed();
}
