/**
 * Runs the follow-ups of one client's claims, in the client's lane: only of claims that count, and in order. Each step is
 * saved before and after it is tried, so a crash in the middle loses nothing and repeats nothing.
 */
import type { CrmActing } from '../crm/acting.ts';
import { followUpsOf, type FollowUp, type FollowUpOutcome } from './follow-up.ts';
import { performFollowUp } from './perform.ts';
import { reversalOf } from './reversal.ts';
import type { Step, Work } from './work.ts';
import type { ClaimWork, WorkStore } from './stored-work.ts';

export type RunGiven = {
  readonly works: WorkStore;
  readonly crm: CrmActing;
  readonly accountId: string;
  /** The account's own settings as JSON text. */
  readonly ownSettings: () => Promise<string>;
  /** Called with deals whose owner has changed. */
  readonly moved: (dealIds: readonly string[]) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

const SHORTEST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60_000;
/** More than a day. A step that is still waiting then fails. */
const MOST_TRIES = 160;

/** Returns when to run again, in milliseconds since the epoch; null when no step is waiting. */
export async function runFollowUps(given: RunGiven, contactId: string): Promise<number | null> {
  const all = await given.works.of(given.accountId, contactId);
  const undone = new Set(all.flatMap(one => (one.state === 'stands' ? (one.work.plan.undoes ?? []) : [])));
  let next: number | null = null;
  for (const claim of all) {
    if (claim.isWorked || claim.state === 'open') continue;
    const due = await runClaim(given, contactId, claim, all, undone.has(claim.press));
    if (due !== null) next = Math.min(next ?? due, due);
  }
  return next;
}

async function runClaim(
  given: RunGiven,
  contactId: string,
  claim: ClaimWork,
  all: readonly ClaimWork[],
  isUndone: boolean,
): Promise<number | null> {
  const { works, accountId, now } = given;
  const keep = (work: Work): Promise<void> =>
    works.save(accountId, claim.press, work, !(work.steps ?? []).some(({ state }) => state === 'waiting'));
  if (claim.state !== 'stands') {
    await keep({ ...claim.work, steps: [] });
    return null;
  }
  let steps = claim.work.steps ?? plannedSteps(claim, contactId, all, now());
  // An undo cancels every step that was not sent yet.
  if (isUndone) steps = steps.map(step => (isUnsent(step) ? { ...step, state: 'void' } : step));
  await keep({ ...claim.work, steps });
  for (const [at, step] of steps.entries()) {
    if (step.state !== 'waiting' || step.dueAt > now()) continue;
    const change = async (changed: Step): Promise<void> => {
      steps = steps.with(at, changed);
      await keep({ ...claim.work, steps });
    };
    await change(await tryStep(given, step, change));
  }
  const waiting = steps.filter(({ state }) => state === 'waiting').map(({ dueAt }) => dueAt);
  return waiting.length > 0 ? Math.min(...waiting) : null;
}

const isUnsent = ({ state, sentAt }: Step): boolean => state === 'waiting' && sentAt === null;

async function tryStep(given: RunGiven, step: Step, keep: (step: Step) => Promise<void>): Promise<Step> {
  const { now } = given;
  let trying = step;
  const change = async (changed: Step): Promise<void> => {
    trying = changed;
    await keep(changed);
  };
  const outcome = await performFollowUp(given.crm, step.followUp, {
    sentAt: step.sentAt,
    now,
    ownSettings: await given.ownSettings(),
    sending: () => change({ ...trying, sentAt: now() }),
    async saveMoves(deals) {
      const { followUp } = trying;
      if (followUp.kind === 'deals') await change({ ...trying, followUp: { ...followUp, deals } });
    },
  });
  const moved = 'deals' in outcome ? outcome.deals.filter(({ fate }) => fate === 'moved') : [];
  if (moved.length > 0) await given.moved(moved.map(({ id }) => id));
  return afterTry(trying, outcome, now());
}

function afterTry(step: Step, outcome: FollowUpOutcome, now: number): Step {
  const tries = step.tries + 1;
  if (outcome.kind === 'void') return { ...step, tries, state: 'void' };
  const { deals } = outcome;
  if (outcome.kind !== 'later') return { ...step, tries, state: outcome.kind, deals };
  if (tries >= MOST_TRIES) return { ...step, tries, state: 'failed', deals };
  const pause = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** step.tries);
  return {
    ...step,
    tries,
    deals,
    sentAt: outcome.mayBeThere ? (step.sentAt ?? now) : null,
    dueAt: now + Math.max(outcome.afterMs, pause),
  };
}

/** The claim's own steps. An undo reverses the steps of the claim that it takes back first. */
function plannedSteps(
  claim: ClaimWork,
  contactId: string,
  all: readonly ClaimWork[],
  now: number,
): readonly Step[] {
  const { plan } = claim.work;
  const { employeeId, toId } = claim;
  const taken = all.find(({ press }) => press === plan.undoes);
  const isTheirs = taken?.employeeId === employeeId;
  const back = isTheirs
    ? reversalOf(taken.work.steps ?? [], { contactId, employeeId, toId, note: plan.note })
    : [];
  const own: readonly FollowUp[] = followUpsOf({ ...claim, contactId }, plan, now);
  return [...back, ...own].map(followUp => ({
    followUp,
    state: 'waiting',
    sentAt: null,
    dueAt: now,
    tries: 0,
    deals: [],
  }));
}
