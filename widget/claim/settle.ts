/** What becomes of a claim that was sent: looks until the CRM's log and the contact agree, and repairs what is mine to repair. */
import type { Contact } from '../host/host.ts';
import { asFailure, leavesOpen, type Failure } from '../http/failure.ts';
import type { ClaimGiven, Settling } from './claim.ts';
import type { Intent } from './intents.ts';
import { verdictOf, type Turn, type Verdict } from './race.ts';
import { read, write } from './record.ts';

/** When the log and the responsible have not agreed for so long, the responsible alone decides. */
const PATIENCE_MS = 12_000;
/** Waits between looks while the log and the contact do not agree: a good minute in all. */
const AGREEING = [250, 500, 1000, 2000, 3000, 5000, 8000, 10_000, 15_000, 20_000];
/** After a loss somebody's late write may still arrive, my own too: looks after 5, 20 and 60 seconds. */
export const WATCHING = [5000, 15_000, 40_000];
/** My own write, whose answer was lost, may arrive at any time: it must not stay in the way for long. */
const EXPECTING = [5000, 5000, 5000, 5000, 10_000, 10_000, 10_000, 10_000];
/** No watch goes on for longer, whatever still happens. */
const LONGEST_MS = 90_000;
const MOST_REPAIRS = 5;
const BREATH_MS = 1000;

/** Goes on with a claim that was sent: by this page, or by one that has been reloaded since. It never claims again. */
export async function settle(given: ClaimGiven, intent: Intent, unanswered: Failure | null): Promise<void> {
  const { crm, me, now, show } = given;
  const end = now() + LONGEST_MS;
  const watching = unanswered ? EXPECTING : WATCHING;
  let pauses: readonly number[] = AGREEING;
  let news = { of: '', at: now() };
  let hasLost = false;
  let repairs = 0;
  /** A repair whose answer was lost may still arrive, whatever the CRM shows meanwhile. */
  let isRepairOut = false;
  /** How many changes of mine the log showed at the last repair. */
  let repaired = 0;
  show({ kind: 'checking' });
  for (;;) {
    const look = await lookAt(given, intent);
    const verdict = look.kind === 'read' ? look.verdict : null;
    if (look.kind === 'read' && look.seen !== news.of) {
      news = { of: look.seen, at: now() };
      pauses = hasLost ? watching : AGREEING;
    }
    const ownChanges = look.kind === 'read' ? look.ownChanges : 0;
    if (verdict?.kind === 'hand-back' && ownChanges <= repaired && now() - news.at < PATIENCE_MS) {
      // My last repair is not in the log yet, nor what has followed it.
      show({ kind: 'checking' });
    } else if (verdict?.kind === 'hand-back') {
      repairs += 1;
      repaired = ownChanges;
      const failure = await write(crm, intent.contactId, verdict.to);
      if (repairs > MOST_REPAIRS || (failure && !leavesOpen(failure) && failure.code !== 'too-many')) {
        show({ kind: 'kept', firstId: verdict.to, failure });
        break;
      }
      isRepairOut ||= failure !== null;
      hasLost = true;
      pauses = [failure ? BREATH_MS : 0, ...watching];
    } else if (!hasLost || verdict) {
      const isLast = pauses.length === 0 || now() > end;
      show(told(look, { me, unanswered, isLast, waited: now() - news.at }));
      if (look.kind === 'missing' || (verdict?.kind === 'mine' && !isRepairOut)) break;
      if (verdict?.kind === 'lost' && !hasLost) {
        hasLost = true;
        pauses = watching;
      }
    }
    const [next, ...rest] = pauses;
    if (next === undefined || now() > end) break;
    pauses = rest;
    if (!(await given.pause(next))) return;
  }
  given.drop(intent.contactId);
}

type Look =
  | {
      readonly kind: 'read';
      readonly contact: Contact;
      readonly verdict: Verdict;
      readonly ownChanges: number;
      /** Differs when anything has happened since. */
      readonly seen: string;
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly failure: Failure };

function told(
  look: Look,
  at: {
    readonly unanswered: Failure | null;
    /** Since anything was seen to happen. Milliseconds. */
    readonly waited: number;
    readonly isLast: boolean;
    readonly me: string;
  },
): Settling {
  if (look.kind !== 'read') return look;
  const { contact, verdict } = look;
  switch (verdict.kind) {
    case 'mine':
      return { kind: 'mine', contact };
    case 'lost':
      return { kind: 'taken', turn: verdict.turn, iWasFirst: false };
    case 'overwritten':
      return at.isLast ? { kind: 'taken', turn: verdict.turn, iWasFirst: true } : { kind: 'checking' };
    case 'unseen':
      if (at.unanswered) return { kind: at.isLast ? 'failed' : 'unknown', failure: at.unanswered };
      return at.isLast ? { kind: 'changed', contact } : { kind: 'checking' };
    case 'hand-back':
      return { kind: 'checking' };
    case 'incomplete':
      if (contact.ownerId === at.me && (at.isLast || at.waited > PATIENCE_MS))
        return { kind: 'mine', contact };
      return at.isLast
        ? { kind: 'taken', turn: unrecorded(contact), iWasFirst: false }
        : { kind: 'checking' };
  }
}

/** The CRM names him without telling since when. */
const unrecorded = ({ ownerId, readAt }: Contact): Turn => ({ ownerId, by: null, at: readAt, how: 'order' });

/** First the log, then the contact: a change that is in the log has reached the contact. */
async function lookAt({ crm, me, isFree }: ClaimGiven, intent: Intent): Promise<Look> {
  try {
    const changes = await crm.ownerChangesOf([intent.contactId], intent.since);
    const reading = await read(crm, intent.contactId);
    if (reading.kind !== 'read') return reading.kind === 'failed' ? { ...reading, kind: 'unknown' } : reading;
    const { contact } = reading;
    return {
      kind: 'read',
      contact,
      ownChanges: changes.filter(({ by }) => by === me).length,
      seen: `${contact.ownerId} ${changes.length}`,
      verdict: verdictOf(changes, contact.ownerId, { me, isFree, basedOn: intent.basedOn }),
    };
  } catch (thrown) {
    return { kind: 'unknown', failure: asFailure(thrown) };
  }
}
