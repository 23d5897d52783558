/**
 * A change of owner, from a hook or from the changelog. The two have no common id, and their times may differ a little. So
 * a known change is recognised by its author, its owners and its approximate time.
 */
import { digestOf } from '../../store/digest.ts';
import type { KnownOwners, OwnerEvent } from '../owners.ts';

/** The digits that a ULID uses. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MOMENT_LENGTH = 10;
/** How much the times in a hook and in the changelog may differ (inferred). */
const JITTER_SECONDS = 2;

export type OwnerChange = Pick<OwnerEvent, 'by' | 'before' | 'after'> & {
  readonly contactId: string;
  /** Unix seconds. */
  readonly at: number;
  /** The order among changes of the same second, if it is known: 0 to 999. */
  readonly place: number;
};

/**
 * An id begins with the second, because the changelog is not more precise. The place within the second comes next, so that
 * ids sort in the likeliest order.
 */
export function ownerEvent({ contactId, by, before, after, at, place }: OwnerChange): OwnerEvent {
  const digest = digestOf(JSON.stringify([contactId, by, before, after, at, place])).slice(0, 13);
  return { id: momentText(at) + String(place).padStart(3, '0') + digest, by, before, after, at };
}

function momentText(seconds: number): string {
  let rest = seconds * 1000;
  let text = '';
  for (let at = 0; at < MOMENT_LENGTH; at += 1) {
    text = (DIGITS[rest % DIGITS.length] ?? '') + text;
    rest = Math.floor(rest / DIGITS.length);
  }
  return text;
}

/**
 * Prepares events for the judge. An event that the judge already knows gets its known id. A new event comes after the known
 * ones, even if its source gives it a slightly earlier time. `areAll`: the events lead to the current owner. An event that
 * is as old as the last known one, and does not continue from it, came too late to count.
 */
export function newsIn(
  events: readonly OwnerEvent[],
  ownerId: string | null,
  { events: judged, links }: KnownOwners,
): { readonly events: readonly OwnerEvent[]; readonly areAll: boolean } {
  const all = afterLastKnown(withKnownIds(events, judged), judged);
  if (links(all, ownerId)) return { events: all, areAll: true };
  const ids = new Set(judged.map(({ id }) => id));
  const latest = judged.at(-1)?.at ?? 0;
  const later = all.filter(({ id, at }) => ids.has(id) || at > latest);
  return links(later, ownerId) ? { events: later, areAll: true } : { events: all, areAll: false };
}

function withKnownIds(events: readonly OwnerEvent[], judged: readonly OwnerEvent[]): readonly OwnerEvent[] {
  const own = new Set(events.map(({ id }) => id));
  const known = new Set(judged.map(({ id }) => id));
  const free = new Set(judged.filter(({ id }) => !own.has(id)));
  return [...events].sort(inTime).map(event => {
    const same = known.has(event.id) ? undefined : nearest(event, free);
    if (!same) return event;
    free.delete(same);
    return called(event, same.id);
  });
}

function afterLastKnown(events: readonly OwnerEvent[], judged: readonly OwnerEvent[]): readonly OwnerEvent[] {
  const ids = new Set(judged.map(({ id }) => id));
  const last = judged.at(-1);
  if (!last) return events;
  const latest = momentIn(last);
  return events.map(event => {
    const isNew = !ids.has(event.id) && event.at >= last.at - JITTER_SECONDS;
    return isNew && momentIn(event) < latest ? called(event, latest + event.id.slice(MOMENT_LENGTH)) : event;
  });
}

function nearest(event: OwnerEvent, among: Iterable<OwnerEvent>): OwnerEvent | undefined {
  const apart = (one: OwnerEvent): number => Math.abs(one.at - event.at);
  return [...among]
    .filter(
      one =>
        one.by === event.by &&
        one.before === event.before &&
        one.after === event.after &&
        apart(one) <= JITTER_SECONDS,
    )
    .sort((one, other) => apart(one) - apart(other))[0];
}

const called = (event: OwnerEvent, id: string): OwnerEvent => ({ ...event, id });

const momentIn = ({ id }: OwnerEvent): string => id.slice(0, MOMENT_LENGTH);

const inTime = (one: OwnerEvent, other: OwnerEvent): number =>
  one.at - other.at || (one.id < other.id ? -1 : Number(one.id > other.id));
