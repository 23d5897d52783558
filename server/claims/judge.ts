/**
 * Whose client it rightfully is, when several people, robots and late requests have written the responsible. The CRM lets the
 * last write win, so its log is judged, in order, against the claims that were asked for:
 *
 * - A claim's write counts if the client was then rightfully whose the seller saw it to be; otherwise it is void.
 * - Each press takes effect once: the same write once more within a minute is a second delivery, and void.
 * - What matches no claim is somebody's deliberate act, such as an admin's or a robot's, and counts.
 * - Only a log that links from the last owner it was judged to up to the owner who was read is judged at all.
 *
 * Nothing here asks or writes anything. The same log and claims always have the same verdict.
 */
import type { OwnerEvent } from '../crm/owners.ts';
import { linked, momentOf } from './log.ts';

/** A press of a person, or a repair of ours, that may have written. */
export type Writer = {
  readonly press: string;
  readonly kind: 'press' | 'repair';
  /** As whom the CRM's log names it. */
  readonly by: string;
  /** The owner that the person saw. */
  readonly base: string | null;
  readonly to: string;
  /** Not before then. Unix seconds. */
  readonly from: number;
};

export type JudgedEvent = OwnerEvent & {
  /** Whose write it was, once that is known. */
  readonly press: string | null;
};

/** What is known of a client's owners since somebody first asked for them. */
export type Ledger = {
  /** Whose the client was then. */
  readonly base: string | null;
  /** Nothing before that is judged. Unix seconds. */
  readonly from: number;
  /** Complete and in order. */
  readonly events: readonly JudgedEvent[];
};

/** `counts`: they became responsible by it. */
export type Verdict = 'counts' | 'void';
export type Judgement = {
  readonly ledger: Ledger;
  /** The rightful owner. */
  readonly owner: string | null;
  /** Since when; null: since before anybody asked. Unix seconds. */
  readonly since: number | null;
  /** Of the presses whose write the log shows. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
};

/** A write that comes later than that is no delivery of an old press: a person means it. */
export const DELIVERY_SECONDS = 60;
/** Our clock and the CRM's may differ by that. */
export const SKEW_SECONDS = 5;

/** Null while the log does not link: then it is to be read again. */
export function judge(
  ledger: Ledger,
  log: readonly OwnerEvent[],
  ownerId: string | null,
  writers: readonly Writer[],
): Judgement | null {
  const added = newEvents(ledger, log, ownerId);
  if (!added) return null;
  const events: JudgedEvent[] = [];
  const verdicts = new Map<string, Verdict>();
  let owner = ledger.base;
  let since: number | null = null;
  const all: readonly (OwnerEvent | JudgedEvent)[] = [...ledger.events, ...added];
  for (const event of all) {
    const writer = findWriter(event, writers, { owner, written: verdicts });
    events.push({ ...event, press: writer?.press ?? null });
    if (writer && verdicts.has(writer.press)) continue;
    const counts = !writer || (writer.kind === 'press' && writer.base === owner);
    if (writer) verdicts.set(writer.press, counts || event.after === owner ? 'counts' : 'void');
    if (!counts || event.after === owner) continue;
    owner = event.after;
    since = event.at;
  }
  return { ledger: { ...ledger, events }, owner, since, verdicts };
}

/** What the log adds to what is known. What becomes readable after later events were judged changes nothing any more. */
function newEvents(
  { base, from, events }: Ledger,
  log: readonly OwnerEvent[],
  ownerId: string | null,
): readonly OwnerEvent[] | null {
  const known = new Set(events.map(({ id }) => id));
  const last = events.at(-1);
  const isNew = ({ id, at }: OwnerEvent): boolean =>
    !known.has(id) && at >= from && (!last || momentOf(id) >= momentOf(last.id));
  const candidates = [...new Map(log.filter(isNew).map(one => [one.id, one])).values()].sort((one, other) =>
    one.id < other.id ? -1 : 1,
  );
  const start = last ? last.after : base;
  for (let skipped = 0; skipped <= candidates.length; skipped += 1) {
    const found = linked(candidates.slice(skipped), start, ownerId);
    if (found) return found;
    // Shortly before somebody asked, the client may have come to be whose they saw.
    const next = candidates[skipped];
    if (last || !next || next.at > from + 2 * SKEW_SECONDS) return null;
  }
  return null;
}

/** Whose write a change was. A press that was found once keeps its event. */
function findWriter(
  event: OwnerEvent & { readonly press?: string | null },
  writers: readonly Writer[],
  known: { readonly owner: string | null; readonly written: ReadonlyMap<string, Verdict> },
): Writer | null {
  const earlier = writers.find(({ press }) => press === event.press);
  if (earlier) return earlier;
  const fitting = writers.filter(
    ({ by, to, from }) =>
      by === event.by &&
      to === event.after &&
      event.at >= from - SKEW_SECONDS &&
      event.at <= from + DELIVERY_SECONDS,
  );
  const fresh = fitting.filter(({ press }) => !known.written.has(press));
  return fresh.find(({ base }) => base === known.owner) ?? fresh[0] ?? fitting[0] ?? null;
}
