/** Puts changes of one contact's responsible in the order in which they happened. */
import type { OwnerChange } from '../../host/host.ts';

/** Ids are ULIDs (inferred from their form): ten characters of time in milliseconds, then chance. */
const momentOf = ({ id }: OwnerChange): string => id.slice(0, 10);

/**
 * All of them as a chain in which each starts where the one before it ended, up to the responsible who was read;
 * `null` when there is a gap, because one may become readable later than others that followed it. Ids sort by
 * time; within one millisecond only the links tell.
 */
export function linked(
  changes: readonly OwnerChange[],
  ownerId: string | null,
): readonly OwnerChange[] | null {
  const byId = new Map(changes.map(change => [change.id, change]));
  const inTime = [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return chainEndingAt(ownerId, inTime);
}

/** From the end backwards. What happened in the same millisecond is tried in every order. */
function chainEndingAt(
  ownerId: string | null,
  inTime: readonly OwnerChange[],
): readonly OwnerChange[] | null {
  const latest = inTime.at(-1);
  if (!latest) return [];
  const ends = inTime.filter(one => one.after === ownerId && momentOf(one) === momentOf(latest));
  for (const end of ends.reverse()) {
    const before = chainEndingAt(
      end.before,
      inTime.filter(one => one !== end),
    );
    if (before) return [...before, end];
  }
  return null;
}
