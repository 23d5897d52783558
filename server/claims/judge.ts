/**
 * Decides who rightfully owns a client after several people, robots and late requests have changed the owner. In the
 * CRM the last write wins, so its log is judged, in order, against the claims:
 *
 * - A claim's write counts if the rightful owner at that point was the one that the seller saw. Otherwise it is void.
 * - Each press takes effect once. The same write again within a minute is a second delivery, and void.
 * - A write that matches no claim is deliberate, such as an admin's or a robot's, and counts.
 * - A log is judged only if it links the last judged owner to the owner just read, without a gap.
 *
 * Pure: the same log and claims always get the same verdict.
 */
import type { OwnerEvent } from '../crm/owners.ts';
import { linked, momentOf } from './log.ts';

/** A person's press, or a repair by the server, that may have written. */
export type Writer = {
  readonly press: string;
  readonly kind: 'press' | 'repair';
  /** The author that the CRM's log names. */
  readonly by: string;
  /** The owner that the person saw. */
  readonly base: string | null;
  readonly to: string;
  /** Its write cannot be older than this. Unix seconds. */
  readonly from: number;
};

export type JudgedEvent = OwnerEvent & {
  /** The press that wrote it, once that is known. */
  readonly press: string | null;
};

/** A client's owners since the first of the recent claims. */
export type Ledger = {
  /** The owner at the start. */
  readonly base: string | null;
  /** Earlier events are not judged. Unix seconds. */
  readonly from: number;
  /** Complete and in order. */
  readonly events: readonly JudgedEvent[];
};

/** `counts`: the write made its target the rightful owner. */
export type Verdict = 'counts' | 'void';
export type Judgement = {
  readonly ledger: Ledger;
  /** The rightful owner. */
  readonly owner: string | null;
  /** Since when, in unix seconds; null: since before the ledger starts. */
  readonly since: number | null;
  /** By press, for those whose write the log shows. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
};

/** A request can arrive this late. A later write is no delivery of an old press but a deliberate act. */
export const DELIVERY_SECONDS = 60;
/** How far our clock and the CRM's may differ. */
export const SKEW_SECONDS = 5;

/** Null while the log does not link. The caller reads it again later. */
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

/** The events that the log adds. An event that becomes readable after later ones were judged is ignored. */
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
    // The first events may be the ones that set the owner shown on the page.
    const next = candidates[skipped];
    if (last || !next || next.at > from + 2 * SKEW_SECONDS) return null;
  }
  return null;
}

/** The press or repair that made a change; null for a change by someone else. A press that was matched once keeps its event. */
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
