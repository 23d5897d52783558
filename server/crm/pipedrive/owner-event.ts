/**
 * A change of owner, as a hook or the changelog tells it. Neither gives it an id that the other one knows, and their times may
 * differ a little, so what is known already is recognised by who made whom responsible, and when.
 */
import { digestOf } from '../../store/digest.ts';
import type { OwnerEvent } from '../owners.ts';

/** Of a ULID. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MOMENT_LENGTH = 10;
/** By so much the time in a hook and the one in the changelog may differ (inferred): one is told, the other one stored. */
const JITTER_SECONDS = 2;

export type OwnerChange = Pick<OwnerEvent, 'by' | 'before' | 'after'> & {
  readonly contactId: string;
  /** In milliseconds since the epoch. */
  readonly moment: number;
  /** Tells it from another change of the same people in the same second. */
  readonly mark: string;
};

/** The moment in an id is that of the second: the changelog knows no less. */
export function ownerEvent({ contactId, by, before, after, moment, mark }: OwnerChange): OwnerEvent {
  const at = Math.floor(moment / 1000);
  const digest = digestOf(JSON.stringify([contactId, by, before, after, at, mark])).slice(0, 16);
  return { id: momentText(at) + digest, by, before, after, at };
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

/** These events, with the ids of those among the others that are the same changes. */
export function withIdsOf(
  events: readonly OwnerEvent[],
  others: readonly OwnerEvent[],
): readonly OwnerEvent[] {
  const own = new Set(events.map(({ id }) => id));
  const theirs = new Set(others.map(({ id }) => id));
  const free = new Set(others.filter(({ id }) => !own.has(id)));
  return [...events].sort(inTime).map(event => {
    const same = theirs.has(event.id) ? undefined : nearest(event, free);
    if (!same) return event;
    free.delete(same);
    return called(event, same.id);
  });
}

/**
 * What is new comes after what was judged: one source may have stamped it a moment earlier than the other one stamped what it
 * follows.
 */
export function afterJudged(
  events: readonly OwnerEvent[],
  judged: readonly OwnerEvent[],
): readonly OwnerEvent[] {
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
