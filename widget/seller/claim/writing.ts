/**
 * The protocol of a press, for one client or many: ask the server and read the client at the same time, write as the person,
 * tell the server. Nothing is written over another owner than the one whom the person saw, nor while a colleague may write.
 */
import { isOneOf } from '../../../domain/one-of.ts';
import type { ClaimsServer, Grant } from '../../account/claim.ts';
import type { Contact } from '../../host/host.ts';
import { Failure, leavesOpen } from '../../http/failure.ts';
import { wait } from '../../http/retry.ts';
import { begun } from '../../work/attempt.ts';
import { readAll, writeAll, type ClaimCrm } from './batch.ts';
import { followHeld, settle } from './looking.ts';
import type { ClaimState } from './press.ts';
import type { Reporter } from './reporter.ts';
import { claimedOf, doneOf, toldOf, type One, type Roster } from './roster.ts';

/** For so long the server is waited for; then the page goes on without its grant and reports later. */
const ASK_MS = 3000;
/** The server grants a client for longer. Checked right before the write is sent. */
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

/** Carries presses out that all make one person responsible, and shows what each comes to. Never throws a `Failure`. */
export type Write = (given: Writing, to: string, ones: readonly One[]) => Promise<void>;

export async function write(given: Writing, to: string, ones: readonly One[], attempts = 1): Promise<void> {
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
  const due: One[] = [];
  const told: One[] = [];
  for (const one of ones) {
    const grant = grants.find(({ press }) => press === one.press);
    const reading = read(one.contactId);
    const end = inTheWay(one, given.me, reading, grant);
    if (!(reading instanceof Failure)) one.contact = reading;
    if (!end) due.push(one);
    else {
      roster.show(one, end);
      if (grant?.kind === 'granted') told.push(one);
    }
  }
  const held = ones.filter(one => one.state.peek().kind === 'held');
  if (held.length > 0) void roster.watched(held, async () => void (await followHeld(given, held)));

  const refused = due.length > 0 ? await send(given, to, due, isLate) : [];
  const checking = due.filter(one => one.state.peek().kind === 'checking');
  if (checking.length > 0) void roster.watched(checking, () => settle(given, checking));
  const again = attempts < MOST_TRIES && !roster.isStopped() ? refused.filter(isPassing) : [];
  for (const { one, failure } of refused)
    if (!again.some(other => other.one === one)) roster.show(one, refusedFor(failure));
  told.push(...due.filter(one => !again.some(other => other.one === one)));
  await Promise.all([
    told.length > 0 && reporter?.tell(told.map(toldOf)),
    again.length > 0 && tryAgain(given, to, again, attempts),
  ]);
}

/** Of those that are missing, nobody knows whether they were granted. */
async function grantsFor({ server }: Writing, ones: readonly One[]): Promise<readonly Grant[]> {
  if (!server) return [];
  const asking = begun(() => server.ask(ones.map(claimedOf))).catch(() => []);
  return Promise.race([asking, wait(ASK_MS).then(() => [])]);
}

/** Why nothing is written; `null`: nothing is in the way. */
function inTheWay(
  { to, asked: { base } }: One,
  me: string,
  reading: Contact | Failure,
  grant: Grant | undefined,
): ClaimState | null {
  if (reading instanceof Failure)
    return reading.code === 'missing' ? { kind: 'missing' } : { kind: 'failed', failure: reading };
  if (reading.ownerId === to && to !== me) return { kind: 'given', contact: reading };
  if (reading.ownerId === to || reading.ownerId !== base) return { kind: 'changed', contact: reading };
  if (grant?.kind === 'held') return { kind: 'held', by: grant.by };
  return grant?.kind === 'too-many' ? { kind: 'failed', failure: new Failure('too-many', 'chat') } : null;
}

type Refused = { readonly one: One; readonly failure: Failure };

/** Kept before it is sent. Answers with those of which nothing was written. */
async function send(
  { crm, reporter, me, roster }: Writing,
  to: string,
  due: readonly One[],
  isLate: () => boolean,
): Promise<readonly Refused[]> {
  for (const one of due) {
    one.outcome = 'unknown';
    roster.show(one, { kind: 'writing' });
  }
  reporter?.keep(due.map(toldOf));
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
    roster.report(one, { kind: reporter ? 'telling' : 'alone' });
    if (failure) one.lost = failure;
    else one.outcome = 'written';
    roster.show(one, failure || !one.contact ? { kind: 'checking' } : doneOf(one, me, one.contact));
  }
  reporter?.keep(due.filter(({ outcome }) => outcome === 'written').map(toldOf));
  return refused;
}

/** The same press: what the server has granted stays granted to it. */
async function tryAgain(
  given: Writing,
  to: string,
  refused: readonly Refused[],
  attempts: number,
): Promise<void> {
  const ones = refused.map(({ one }) => one);
  // A whole office may have been refused at the same moment.
  const jitter = 1 + Math.random() * attempts;
  const ms = Math.max(...refused.map(({ failure }) => pauseAfter(failure))) * jitter;
  ones.forEach(one => given.roster.show(one, { kind: 'asking' }));
  if (await given.roster.pause(ones, ms)) await write(given, to, ones, attempts + 1);
}

const pauseAfter = ({ code, retryAfterMs }: Failure): number =>
  code === 'cancelled' ? 0 : (retryAfterMs ?? BREATH_MS);

/** It came too late to be sent, or the CRM takes no more for now. */
const isPassing = ({ failure }: Refused): boolean =>
  isOneOf(failure.code, ['cancelled', 'too-many']) && pauseAfter(failure) <= WRITE_WITHIN_MS;

const refusedFor = (failure: Failure): ClaimState =>
  failure.code === 'forbidden' || failure.code === 'missing'
    ? { kind: failure.code }
    : { kind: 'failed', failure };

/** Whether so much time has gone by: also by a computer that slept, and by a clock that somebody set meanwhile. */
function stopwatch(ms: number): () => boolean {
  const [wall, page] = [Date.now(), performance.now()];
  return () => performance.now() - page > ms || Math.abs(Date.now() - wall) > ms;
}
