/** The CRM's log of one client's owners, put into the order in which the changes happened. */
import type { OwnerEvent } from '../crm/owners.ts';

/**
 * The time part of an id. Ids are ULIDs (inferred from their form): ten characters of time in milliseconds, then random ones.
 */
export const momentOf = (id: string): string => id.slice(0, 10);

/**
 * Orders all events into a chain from owner `from` to owner `to`, in which each event starts with the owner that the one
 * before it set. Null when there is a gap, because an event may become readable later than its successors. Ids sort by
 * time. Within one millisecond only the chain shows the order.
 */
export function linked(
  events: readonly OwnerEvent[],
  from: string | null,
  to: string | null,
): readonly OwnerEvent[] | null {
  const inTime = [...events].sort((one, other) => (one.id < other.id ? -1 : 1));
  return chain(inTime, from, to);
}

/** Builds the chain backwards from its end. Events of the same millisecond are tried in every order. */
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
