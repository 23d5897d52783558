/** What becomes of a claim that was sent: looks until the CRM's log and the contact agree, and repairs what is mine to repair. */
import type { Contact } from '../../host/host.ts';
import { leavesOpen, type Failure } from '../../http/failure.ts';
import type { ClaimGiven, Settling } from './press.ts';
import type { Intent } from './intents.ts';
import { lookAt, type Look } from './look.ts';
import type { Turn } from './race.ts';
import { write } from './record.ts';
import { createWatch } from './watch.ts';

/** When the log and the responsible have not agreed for so long, the responsible alone decides. */
const PATIENCE_MS = 12_000;
const MOST_REPAIRS = 5;
const BREATH_MS = 1000;

/** What I have done to hand the client back. */
type Repairs = {
  readonly count: number;
  /** How many changes of mine the log showed at the last one. */
  readonly shown: number;
  /** An answer was lost: that one may still arrive, whatever the CRM shows meanwhile. */
  readonly isOut: boolean;
};

/** Goes on with a claim that was sent: by this page, or by one that has been reloaded since. It never claims again. */
export async function settle(given: ClaimGiven, intent: Intent, unanswered: Failure | null): Promise<void> {
  const { crm, me, now, show } = given;
  const watch = createWatch(now, unanswered !== null);
  let repairs: Repairs = { count: 0, shown: 0, isOut: false };
  let isKnown = false;
  show({ kind: 'checking' });
  for (;;) {
    const look = await lookAt(given, intent);
    isKnown = look.kind !== 'unknown';
    if (look.kind === 'read') watch.saw(look.seen);
    if (look.kind === 'read' && look.verdict.kind === 'hand-back') {
      const firstId = look.verdict.to;
      // As long as the log lacks my last repair, it lacks what has followed it too.
      if (look.ownChanges > repairs.shown || watch.quiet() > PATIENCE_MS) {
        const failure = await write(crm, intent.contactId, firstId);
        // Nothing was sent: whoever opens these claims next goes on.
        if (failure?.code === 'cancelled') return;
        const isRefused = failure && !leavesOpen(failure) && failure.code !== 'too-many';
        if (isRefused || repairs.count === MOST_REPAIRS) {
          show({ kind: 'kept', firstId, failure });
          break;
        }
        repairs = {
          count: repairs.count + 1,
          shown: look.ownChanges,
          isOut: repairs.isOut || failure !== null,
        };
        watch.lost(failure ? BREATH_MS : 0);
      }
      show({ kind: 'checking' });
    } else if (look.kind === 'read' || !watch.isLost()) {
      show(told(look, { me, unanswered, isLast: watch.isOver(), quiet: watch.quiet() }));
      if (look.kind === 'missing') break;
      if (look.kind === 'read' && look.verdict.kind === 'mine' && !repairs.isOut) break;
      if (look.kind === 'read' && look.verdict.kind === 'lost') watch.lost();
    }
    if (watch.isOver()) break;
    if (!(await given.pause(watch.next()))) return;
  }
  // What nobody knows yet is looked at again when somebody asks, or after a reload.
  if (isKnown) given.drop(intent.contactId);
}

function told(
  look: Look,
  at: {
    readonly unanswered: Failure | null;
    /** Milliseconds. */
    readonly quiet: number;
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
      if (contact.ownerId === at.me && (at.isLast || at.quiet > PATIENCE_MS))
        return { kind: 'mine', contact };
      return at.isLast
        ? { kind: 'taken', turn: unrecorded(contact), iWasFirst: false }
        : { kind: 'checking' };
  }
}

/** The CRM names them without telling since when. */
const unrecorded = ({ ownerId, readAt }: Contact): Turn => ({ ownerId, by: null, at: readAt, how: 'order' });
