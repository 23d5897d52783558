/** The history of a contact or a deal in the CRM's own card. It is current, even if events are delayed in the API. */
import type { Subject } from '../world/activities.ts';
import type { World } from '../world/world.ts';
import type { FeedEntry } from './wire/cards.ts';

export const nameOf = (world: World, userId: number): string =>
  world.crm.users.get(userId)?.name ?? `#${userId}`;

type Written = { readonly id: string | number; readonly createdBy: number; readonly createdAt: number };

/** Newest first. */
export function feedOf(world: World, { entityType, entityId }: Subject): FeedEntry[] {
  const { ownerChanges, notes, tasks } = world.crm;
  const isAbout = (one: { readonly entityType: string | null; readonly entityId: number | null }): boolean =>
    one.entityId === entityId && one.entityType !== null && entityType.startsWith(one.entityType);
  const entry = <What extends object>({ id, createdBy, createdAt }: Written, what: What) => ({
    id: String(id),
    at: createdAt * 1000,
    by: nameOf(world, createdBy),
    ...what,
  });
  const entries: FeedEntry[] = [
    ...ownerChanges.filter(isAbout).map(one => {
      const before = nameOf(world, one.before);
      return entry(one, { kind: 'owner' as const, before, after: nameOf(world, one.after) });
    }),
    ...notes.filter(isAbout).map(one => entry(one, { kind: 'note' as const, text: one.text })),
    ...Array.from(tasks.values())
      .filter(isAbout)
      .map(one =>
        entry(one, {
          kind: 'task' as const,
          text: one.text,
          responsibleName: nameOf(world, one.responsibleUserId),
          till: one.completeTill * 1000,
          isCompleted: one.isCompleted,
          result: one.result,
        }),
      ),
  ];
  return entries.sort((a, b) => a.at - b.at).toReversed();
}
