/** The store's refusals in the API's words. The status for a person hidden from the user is not documented. */
import type { ItemRefusal } from '../../world/pipedrive/items.ts';
import type { ItemKind } from '../../world/pipedrive/rights.ts';
import type { World } from '../../world/world.ts';
import { forbidden, notFound, ownerForbidden, problem } from './problem.ts';

const NAMES: Record<ItemKind, string> = { person: 'Person', deal: 'Deal' };

export function refused(world: World, kind: ItemKind, why: ItemRefusal): Response {
  switch (why) {
    case 'not-found':
      return notFound(NAMES[kind]);
    case 'hidden':
      return kind === 'person' && world.pipedrive.oddities.hiddenPerson === 404
        ? notFound(NAMES[kind])
        : forbidden();
    case 'may-not-edit':
      return forbidden();
    case 'may-not-change-owner':
      return ownerForbidden();
    case 'no-such-user':
      return problem(400, 'owner_id is invalid');
    case 'no-such-visibility':
      return problem(403, 'visible_to is invalid');
  }
}
