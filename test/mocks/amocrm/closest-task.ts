import type { Subject } from '../../world/activities.ts';
import type { World } from '../../world/world.ts';

/** The due time of the next uncompleted task about the subject. */
export function closestTask({ crm }: World, { entityType, entityId }: Subject): number | null {
  const times = [...crm.tasks.values()]
    .filter(task => task.entityType === entityType && task.entityId === entityId && !task.isCompleted)
    .map(task => task.completeTill);
  return times.length > 0 ? Math.min(...times) : null;
}
