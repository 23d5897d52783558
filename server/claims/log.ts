/** The CRM's log of who became responsible for one client, put into the order in which it happened. */
import type { OwnerEvent } from '../crm/owners.ts';

/** Ids are ULIDs (inferred from their form): ten characters of time in milliseconds, then chance. */
export const momentOf = (id: string): string => id.slice(0, 10);

/**
 * All of them as a chain in which each starts where the one before it ended, from the owner after the last one that is known
 * to the owner who was read. Null when there is a gap: one may become readable later than others that followed it. Ids sort
 * by time; within one millisecond only the links tell.
 */
export function linked(
  events: readonly OwnerEvent[],
  from: string | null,
  to: string | null,
): readonly OwnerEvent[] | null {
  const inTime = [...events].sort((one, other) => (one.id < other.id ? -1 : 1));
  return chain(inTime, from, to);
}

/** From the end backwards. What happened in the same millisecond is tried in every order. */
function chain(
  inTime: readonly OwnerEvent[],
  from: string | null,
  to: string | null,
): readonly OwnerEvent[] | null {
  const latest = inTime.at(-1);
  if (!latest) return from === to ? [] : null;
  const ends = inTime.filter(one => one.after === to && momentOf(one.id) === momentOf(latest.id));
  for (const end of ends.reverse()) {
    const before = chain(
      inTime.filter(one => one !== end),
      from,
      end.before,
    );
    if (before) return [...before, end];
  }
  return null;
}
