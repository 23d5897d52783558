/**
 * The protocol of a press, for one client or many: ask the server and read the client at the same time, write in the
 * person's name, report to the server. Nothing is written if the owner is not the one that the person saw, or if a
 * colleague has the grant.
 */
import { isOneOf } from '../../../domain/one-of.ts';
import type { ClaimsServer, GrantAnswer } from '../../account/claim.ts';
import type { Contact } from '../../host/host.ts';
import { Failure, leavesOpen } from '../../http/failure.ts';
import { wait } from '../../http/retry.ts';
import { begun } from '../../work/attempt.ts';
import { readAll, writeAll, type ClaimCrm } from './batch.ts';
import { watchHeld, checkWrites } from './crm-check.ts';
import type { ClaimState } from './press.ts';
import type { Reporter } from './reporter.ts';
import { requestOf, doneState, reportOf, type ActivePress, type Roster } from './roster.ts';

/** How long to wait for the server. After that the page writes without a grant and reports later. */
const ASK_MS = 3000;
/** Checked right before the write is sent. Well below the 30 seconds of a grant. */
const WRITE_WITHIN_MS = 10_000;
const MOST_TRIES = 4;
const BREATH_MS = 1000;

export type Writing = {
  readonly crm: ClaimCrm;
  readonly server: ClaimsServer | null;
  readonly reporter: Reporter | null;
  readonly me: string;
  readonly roster: Roster;
};

/**
 * Carries out presses that all make one person responsible, and shows the outcome of each. Never throws a `Failure`.
 */
export type Write = (given: Writing, to: string, ones: readonly ActivePress[]) => Promise<void>;

export async function write(
  given: Writing,
  to: string,
  ones: readonly ActivePress[],
  attempts = 1,
): Promise<void> {
  const { crm, reporter, roster } = given;
  ones.forEach(one => roster.show(one, { kind: 'asking' }));
  const isLate = stopwatch(WRITE_WITHIN_MS);
  const [grants, read] = await Promise.all([
    grantsFor(given, ones),
    readAll(
      crm,
      ones.map(({ contactId }) => contactId),
    ),
  ]);
  const due: ActivePress[] = [];
  const reported: ActivePress[] = [];
  for (const one of ones) {
    const grant = grants.find(({ press }) => press === one.press);
    const reading = read(one.contactId);
    const end = inTheWay(one, given.me, reading, grant);
    if (!(reading instanceof Failure)) one.contact = reading;
    if (!end) due.push(one);
    else {
      roster.show(one, end);
      if (grant?.kind === 'granted') reported.push(one);
    }
  }
  const held = ones.filter(one => one.state.peek().kind === 'held');
  if (held.length > 0) void roster.run(held, async () => void (await watchHeld(given, held)));

  const refused = due.length > 0 ? await send(given, to, due, isLate) : [];
  const checking = due.filter(one => one.state.peek().kind === 'checking');
  if (checking.length > 0) void roster.run(checking, () => checkWrites(given, checking));
  const again = attempts < MOST_TRIES && !roster.isStopped() ? refused.filter(isPassing) : [];
  for (const { one, failure } of refused)
    if (!again.some(other => other.one === one)) roster.show(one, refusedFor(failure));
  reported.push(...due.filter(one => !again.some(other => other.one === one)));
  await Promise.all([
    reported.length > 0 && reporter?.report(reported.map(reportOf)),
    again.length > 0 && tryAgain(given, to, again, attempts),
  ]);
}

/** The server's answers. A press without an answer may or may not have a grant. */
async function grantsFor({ server }: Writing, ones: readonly ActivePress[]): Promise<readonly GrantAnswer[]> {
  if (!server) return [];
  const asking = begun(() => server.grant(ones.map(requestOf))).catch(() => []);
  return Promise.race([asking, wait(ASK_MS).then(() => [])]);
}

/** The state of a press that must not be written; `null` when it may be. */
function inTheWay(
  { to, asked: { base } }: ActivePress,
  me: string,
  reading: Contact | Failure,
  grant: GrantAnswer | undefined,
): ClaimState | null {
  if (reading instanceof Failure)
    return reading.code === 'missing' ? { kind: 'missing' } : { kind: 'failed', failure: reading };
  if (reading.ownerId === to && to !== me) return { kind: 'given', contact: reading };
  if (reading.ownerId === to || reading.ownerId !== base) return { kind: 'changed', contact: reading };
  if (grant?.kind === 'held') return { kind: 'held', by: grant.by };
  return grant?.kind === 'too-many' ? { kind: 'failed', failure: new Failure('too-many', 'chat') } : null;
}

type Refused = { readonly one: ActivePress; readonly failure: Failure };

/** Stores the reports, then writes. Returns the presses that wrote nothing. */
async function send(
  { crm, reporter, me, roster }: Writing,
  to: string,
  due: readonly ActivePress[],
  isLate: () => boolean,
): Promise<readonly Refused[]> {
  for (const one of due) {
    one.outcome = 'unknown';
    roster.show(one, { kind: 'writing' });
  }
  reporter?.save(due.map(reportOf));
  const failures = await writeAll(
    crm,
    due.map(({ contactId }) => contactId),
    { ownerId: to, isDue: () => !roster.isStopped() && !isLate() && due.some(({ isOver }) => !isOver) },
  );
  const refused: Refused[] = [];
  for (const one of due) {
    const failure = failures.get(one.contactId);
    if (failure && !leavesOpen(failure)) {
      one.outcome = 'stopped';
      reporter?.drop(one.press);
      refused.push({ one, failure });
      continue;
    }
    roster.mark(one, { kind: reporter ? 'sending' : 'no-server' });
    if (failure) one.lost = failure;
    else one.outcome = 'written';
    roster.show(one, failure || !one.contact ? { kind: 'checking' } : doneState(one, me, one.contact));
  }
  reporter?.save(due.filter(({ outcome }) => outcome === 'written').map(reportOf));
  return refused;
}

/** Tries the same presses again, so their grants stay valid. */
async function tryAgain(
  given: Writing,
  to: string,
  refused: readonly Refused[],
  attempts: number,
): Promise<void> {
  const ones = refused.map(({ one }) => one);
  // Jitter, because a whole office may have been refused at the same moment.
  const jitter = 1 + Math.random() * attempts;
  const ms = Math.max(...refused.map(({ failure }) => pauseAfter(failure))) * jitter;
  ones.forEach(one => given.roster.show(one, { kind: 'asking' }));
  if (await given.roster.pause(ones, ms)) await write(given, to, ones, attempts + 1);
}

const pauseAfter = ({ code, retryAfterMs }: Failure): number =>
  code === 'cancelled' ? 0 : (retryAfterMs ?? BREATH_MS);

/** The write was not sent in time, or the CRM is over its rate limit. */
const isPassing = ({ failure }: Refused): boolean =>
  isOneOf(failure.code, ['cancelled', 'too-many']) && pauseAfter(failure) <= WRITE_WITHIN_MS;

const refusedFor = (failure: Failure): ClaimState =>
  failure.code === 'forbidden' || failure.code === 'missing'
    ? { kind: failure.code }
    : { kind: 'failed', failure };

/** Returns whether the time is over. A computer that slept or a clock that was reset counts as over. */
function stopwatch(ms: number): () => boolean {
  const [wall, page] = [Date.now(), performance.now()];
  return () => performance.now() - page > ms || Math.abs(Date.now() - wall) > ms;
}
