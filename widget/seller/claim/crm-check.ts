/**
 * Reads in the CRM what became of presses whose answer was lost, and of clients that a colleague is taking. Never
 * writes.
 */
import { Failure } from '../../http/failure.ts';
import type { Contact } from '../../host/host.ts';
import { readAll, type ClaimCrm } from './batch.ts';
import { isUnsettled, type ClaimState } from './press.ts';
import { doneState, type ActivePress, type Roster } from './roster.ts';

/** Checks after a lost answer. They span a minute: after that a write has arrived or never will. */
const CHECKS_MS = [500, 2000, 3000, 5000, 10_000, 20_000, 20_000];
/** Checks while a colleague has the grant for the client. */
const HELD_MS = [3000, 5000, 8000, 15_000, 30_000];

type Given = { readonly crm: ClaimCrm; readonly me: string; readonly roster: Roster };

/** Reads the clients that are still due after each pause. Returns true when all pauses are over. */
async function readRepeatedly(
  { crm, roster }: Given,
  ones: readonly ActivePress[],
  pauses: readonly number[],
  isDue: (one: ActivePress) => boolean,
  onRead: (one: ActivePress, reading: Contact | Failure) => void,
): Promise<boolean> {
  for (const ms of pauses) {
    if (!(await roster.pause(ones, ms))) return false;
    const due = ones.filter(one => !one.isOver && isDue(one));
    if (due.length === 0) return false;
    const read = await readAll(
      crm,
      due.map(({ contactId }) => contactId),
    );
    for (const one of due) if (!one.isOver && isDue(one)) onRead(one, read(one.contactId));
  }
  return true;
}

/** Finds out whether these writes arrived. */
export async function checkWrites(given: Given, ones: readonly ActivePress[]): Promise<void> {
  const { roster } = given;
  const isOpen = ({ state }: ActivePress): boolean => isUnsettled(state.peek());
  const isAtEnd = await readRepeatedly(given, ones, CHECKS_MS, isOpen, (one, reading) =>
    roster.show(one, stateFrom(one, given.me, reading)),
  );
  if (!isAtEnd) return;
  for (const one of ones) {
    const state = one.state.peek();
    // The CRM could be read for the whole minute and does not show the write, so it did not arrive.
    if (state.kind === 'unknown')
      roster.show(
        one,
        state.failure === one.lost ? { kind: 'failed', failure: one.lost } : { ...state, gaveUp: true },
      );
  }
}

function stateFrom(one: ActivePress, me: string, reading: Contact | Failure): ClaimState {
  if (reading instanceof Failure) {
    if (reading.code !== 'missing') return { kind: 'unknown', failure: reading };
    // A person who sees only their own clients no longer sees the one they gave away.
    return one.to !== me && one.contact ? doneState(one, me, one.contact) : { kind: 'missing' };
  }
  one.contact ??= reading;
  if (reading.ownerId === one.to) return doneState(one, me, reading);
  return reading.ownerId === one.asked.base
    ? { kind: 'unknown', failure: one.lost }
    : { kind: 'changed', contact: reading };
}

/** Watches held clients until the CRM shows that the colleague has taken them. */
export const watchHeld = async (given: Given, ones: readonly ActivePress[]): Promise<unknown> =>
  readRepeatedly(
    given,
    ones,
    HELD_MS,
    ({ state }) => state.peek().kind === 'held',
    (one, reading) => {
      if (!(reading instanceof Failure) && reading.ownerId !== one.asked.base)
        given.roster.show(one, { kind: 'changed', contact: reading });
    },
  );
