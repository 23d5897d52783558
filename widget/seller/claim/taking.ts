/**
 * The protocol of a press for CRMs in which our server writes for the person: one request for each client. The reports to
 * the server are the same as in writing.ts, where the page writes.
 */
import type { Take, Taken } from '../../account/taking.ts';
import { asFailure, Failure, leavesOpen } from '../../http/failure.ts';
import { checkWrites, watchHeld } from './crm-check.ts';
import type { ClaimState } from './press.ts';
import { doneState, reportOf, requestOf, type ActivePress } from './roster.ts';
import type { Write, Writing } from './writing.ts';

export const takingWith =
  (take: Take): Write =>
  async (given, _to, ones) =>
    void (await Promise.all(ones.map(one => taken(given, take, one))));

async function taken(given: Writing, take: Take, one: ActivePress): Promise<void> {
  const { reporter, roster, me } = given;
  // Stored before it is sent, so that the page can check it if it is closed in the meantime and opened again.
  one.outcome = 'unknown';
  roster.show(one, { kind: 'writing' });
  reporter?.save([reportOf(one)]);
  const answer = await take(requestOf(one)).catch(asFailure);
  if ('contact' in answer) one.contact = answer.contact;
  const end = endOf(one, me, answer);
  if (end.kind === 'checking' || isDone(answer)) {
    if (answer instanceof Failure) one.lost = answer;
    else if (isDone(answer)) one.outcome = 'written';
    roster.mark(one, { kind: 'sending' });
    roster.show(one, end);
    reporter?.save([reportOf(one)]);
    await Promise.all([
      reporter?.report([reportOf(one)]),
      end.kind === 'checking' && checkWrites(given, [one]),
    ]);
    return;
  }
  one.outcome = 'stopped';
  reporter?.drop(one.press);
  roster.show(one, end);
  if (end.kind === 'held') await watchHeld(given, [one]);
}

const isDone = (answer: Taken | Failure): boolean =>
  !(answer instanceof Failure) && answer.kind === 'written';

/** If the answer is lost, the outcome is unknown. If our server itself refuses, nothing was written. */
function endOf(one: ActivePress, me: string, answer: Taken | Failure): ClaimState {
  if (answer instanceof Failure)
    return leavesOpen(answer) ? { kind: 'checking' } : { kind: 'failed', failure: answer };
  switch (answer.kind) {
    case 'written':
      return doneState(one, me, answer.contact);
    case 'changed': {
      const isGiven = answer.contact.ownerId === one.to && one.to !== me;
      return { kind: isGiven ? 'given' : 'changed', contact: answer.contact };
    }
    case 'unknown':
      return { kind: 'checking' };
    case 'held':
      return answer;
    case 'forbidden':
    case 'missing':
      return { kind: answer.kind };
    case 'too-many':
      return { kind: 'failed', failure: new Failure('too-many', 'chat') };
    case 'refused':
    case 'budget-gone':
      return { kind: 'failed', failure: new Failure(answer.kind, 'crm') };
    case 'unreachable':
      return { kind: 'failed', failure: new Failure('down', 'crm') };
  }
}
