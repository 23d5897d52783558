/**
 * Follow-ups that are under way or wait: kept before they are begun, tried until they are over, none sent twice, also
 * by two tabs. It outlives the card, and what waits is found again by the next page.
 */
import { signal } from '@preact/signals';
import type { Contact, Undo } from '../../host/host.ts';
import { Failure, leavesOpen } from '../../http/failure.ts';
import { attempt } from '../attempt.ts';
import {
  failed,
  passingFailure,
  type FollowUp,
  type FollowUpOutcome,
  type FollowUpState,
  type Outbox,
  type ShownFollowUp,
} from './follow-up.ts';
import type { Entry, OutboxStore } from './outbox-store.ts';
import type { TakeTurn } from './outbox-turn.ts';

/** What follows from a claim of fifty clients, and more. */
const MOST = 250;
/** So many clients' follow-ups at once, so that a long list leaves room for the person's next click. */
const MOST_RUNNING = 5;
const MOST_AGE_MS = 7 * 24 * 3600_000;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Another tab is at it: time to look again whether it is done. */
const ELSEWHERE_MS = 3000;
/** Other tabs leave a new entry alone for so long: its own one begins at once. */
const HEAD_START_MS = 5000;

/** What is known about one try. */
export type Try = {
  /** As it was read a moment ago. */
  readonly contact: Contact | undefined;
  /** When it may have been sent already, in milliseconds since the epoch; `null`: certainly never. */
  readonly sentAt: number | null;
  /** To be called right before something is sent that must not be sent twice. */
  readonly sending: () => void;
};

export type OutboxNeeds = {
  readonly store: OutboxStore;
  readonly takeTurn: TakeTurn;
  readonly perform: (followUp: FollowUp, known: Try) => Promise<FollowUpOutcome>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly after: (milliseconds: number, then: () => void) => Undo;
  /** From 0 up to 1. */
  readonly random: () => number;
};

export function createOutbox(needs: OutboxNeeds): Outbox {
  const { store, now, random } = needs;
  const shown = signal<readonly ShownFollowUp[]>([]);
  const dropped = signal<readonly FollowUp[]>([]);
  const page = random().toString(36).slice(2, 10);
  let made = 0;
  let stopped = false;
  let undoAlarm: Undo = () => undefined;
  /** When this page tries an entry, where that differs from what the entry says. */
  const times = new Map<string, number>();
  const contacts = new Map<string, Contact>();
  const outcomes = new Map<string, FollowUpOutcome>();
  const doing = new Set<string>();
  const running = new Map<string, Promise<void>>();
  let ended: readonly ShownFollowUp[] = [];

  const dueAt = (entry: Entry): number => times.get(entry.id) ?? entry.dueAt;
  const find = (id: string): Entry | undefined => store.all().find(one => one.id === id);
  const stateOf = ({ id, because, dueAt }: Entry): FollowUpState => {
    if (doing.has(id)) return { kind: 'doing' };
    const outcome =
      outcomes.get(id) ??
      (because && { kind: 'failed' as const, failure: new Failure(because.code, because.service) });
    return outcome ? { kind: 'later', outcome, at: times.get(id) ?? dueAt } : { kind: 'waiting' };
  };
  const show = (): void => {
    const waiting = store.all().map(one => ({ id: one.id, followUp: one.followUp, state: stateOf(one) }));
    shown.value = [...waiting, ...ended];
  };
  const forget = (id: string): void => {
    store.remove(id);
    [times, contacts, outcomes].forEach(known => known.delete(id));
  };

  /** Gives up what is too old or too much, and says so. */
  const bound = (): void => {
    const idle = store.all().filter(({ id }) => !doing.has(id));
    const tooMany = idle.slice(0, Math.max(0, idle.length + doing.size - MOST));
    const tooOld = idle.filter(({ madeAt }) => now() - madeAt > MOST_AGE_MS);
    const out = [...new Set([...tooMany, ...tooOld])];
    if (out.length === 0) return;
    out.forEach(({ id }) => forget(id));
    dropped.value = [...dropped.value, ...out.map(one => one.followUp)].slice(-MOST);
  };

  const enqueue = (followUps: readonly FollowUp[], contact?: Contact): readonly string[] => {
    const ids = followUps.map(followUp => {
      made += 1;
      const madeAt = now();
      const id = [String(madeAt).padStart(15, '0'), String(made).padStart(5, '0'), page].join('-');
      store.put({
        id,
        followUp,
        madeAt,
        dueAt: madeAt + HEAD_START_MS,
        sentAt: null,
        tries: 0,
        because: null,
      });
      times.set(id, 0);
      if (contact) contacts.set(id, contact);
      return id;
    });
    run();
    return ids;
  };

  const tryOnce = async (id: string): Promise<void> => {
    const entry = find(id);
    if (!entry) return;
    times.delete(id);
    const contact = contacts.get(id);
    contacts.delete(id);
    doing.add(id);
    show();
    let outcome: FollowUpOutcome;
    let wasSent = false;
    try {
      outcome = await needs.perform(entry.followUp, {
        contact,
        sentAt: entry.sentAt,
        sending() {
          wasSent = true;
          if (find(id)) store.put({ ...entry, sentAt: now() });
        },
      });
    } catch (thrown) {
      outcome = failed(thrown);
    }
    finish(id, outcome, wasSent);
  };

  const finish = (id: string, outcome: FollowUpOutcome, wasSent: boolean): void => {
    doing.delete(id);
    const entry = find(id);
    if (!entry) return;
    const failure = passingFailure(outcome);
    if (!failure) {
      forget(id);
      const over = { id, followUp: entry.followUp, state: { kind: 'over', outcome } } as const;
      ended = [...ended, over].slice(-MOST);
      return;
    }
    times.delete(id);
    outcomes.set(id, outcome);
    const backOff = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(entry.tries, 20));
    store.put({
      ...entry,
      // What was sent and clearly refused is not there.
      sentAt: wasSent && !leavesOpen(failure) ? null : entry.sentAt,
      tries: entry.tries + 1,
      dueAt: now() + Math.max(backOff * (0.5 + random() / 2), failure.retryAfterMs ?? 0),
      because: { code: failure.code, service: failure.service },
    });
  };

  /** One client's follow-ups, one after another in their order; a failure of one does not keep the next. */
  const runFor = async (contactId: string): Promise<void> => {
    for (;;) {
      const due = store
        .all()
        .find(one => one.followUp.contactId === contactId && dueAt(one) <= now() && !stopped);
      if (!due) return;
      let isElsewhere = false;
      await attempt(
        async () => {
          isElsewhere = !(await needs.takeTurn(contactId, () => tryOnce(due.id)));
        },
        failure => finish(due.id, failed(failure), false),
      );
      if (isElsewhere) times.set(due.id, now() + ELSEWHERE_MS);
      show();
    }
  };

  const run = (): void => {
    undoAlarm();
    if (stopped) return;
    bound();
    show();
    const idle = store.all().filter(({ followUp }) => !running.has(followUp.contactId));
    for (const { followUp } of idle.filter(one => dueAt(one) <= now())) {
      const { contactId } = followUp;
      if (running.has(contactId) || running.size >= MOST_RUNNING) continue;
      const ending = runFor(contactId).finally(() => {
        running.delete(contactId);
        run();
      });
      running.set(contactId, ending);
    }
    const next = Math.min(
      ...idle.filter(({ followUp }) => !running.has(followUp.contactId)).map(dueAt),
      now() + MOST_AGE_MS,
    );
    // Whoever ends makes room, and looks again.
    if (running.size < MOST_RUNNING && next < now() + MOST_AGE_MS) undoAlarm = needs.after(next - now(), run);
  };

  return {
    shown,
    dropped,
    add(followUps, contact) {
      ended = ended.filter(({ followUp }) => followUp.contactId !== contact?.id);
      return enqueue(followUps, contact);
    },
    retry(id) {
      const over = ended.find(one => one.id === id);
      ended = ended.filter(one => one !== over);
      if (over) enqueue([over.followUp]);
      else if (find(id) && !doing.has(id)) {
        times.set(id, 0);
        run();
      }
    },
    cancel(ids) {
      const waiting = store.all().filter(({ id }) => ids.includes(id) && !doing.has(id));
      const untouched = waiting.filter(
        ({ tries, sentAt, followUp: { kind } }) =>
          sentAt === null && (tries === 0 || kind === 'note' || kind === 'task'),
      );
      waiting.forEach(({ id }) => forget(id));
      show();
      return untouched.map(({ id }) => id);
    },
    dismiss() {
      ended = [];
      dropped.value = [];
      show();
    },
    look: run,
    online() {
      for (const { id, because } of store.all()) if (because?.code === 'no-answer') times.set(id, 0);
      run();
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled(running.values());
    },
    start() {
      stopped = false;
      run();
      return () => {
        stopped = true;
        undoAlarm();
      };
    },
  };
}
