/**
 * Writes the list of roles and finds out the result. A missing answer does not mean "no": the write may be done or
 * arrive a moment later. So the list is read until it changes, or until the write can no longer arrive.
 */
import { KEY_REFUSED, NOT_WRITTEN, type Chat, type RoleList } from '../../../chat/chat.ts';
import { asFailure, Failure, leavesOpen } from '../../../http/failure.ts';
import { wait } from '../../../http/retry.ts';

export type Written =
  /** The current list: the one written, or another admin's. */
  | { readonly kind: 'there'; readonly list: RoleList }
  /** Another admin saved first. Nothing was written. */
  | { readonly kind: 'stale' }
  /** Nothing was written. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** No answer came, and reading gave no certainty either, or the caller stopped waiting. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

/** After this time the list is read while waiting for the answer. */
const SLOW_MS = 8000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 5000;

export async function writeList(
  chat: Chat,
  before: RoleList,
  wanted: Partial<Pick<RoleList, 'assignments' | 'notifySupervisors'>>,
  { signal, onLooking }: { readonly signal?: AbortSignal | undefined; readonly onLooking?: () => void } = {},
): Promise<Written> {
  const until = Date.now() + chat.settledAfterMs;
  const answer = chat
    .saveRoles({ ...before, ...wanted })
    .then((list): Written => ({ kind: 'there', list }), toldBy);
  let told = await Promise.race([answer, wait(SLOW_MS, signal)]);
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (told && told.kind !== 'open') return told;
    const failure = told?.failure ?? new Failure('timeout', 'chat');
    const isLast = Date.now() >= until;
    onLooking?.();
    const list = signal?.aborted ? failure : await chat.roles(signal).catch(asFailure);
    if (signal?.aborted) return { kind: 'unknown', failure };
    if (list instanceof Failure) {
      if (isLast) return { kind: 'unknown', failure: list };
    } else if (list.version !== before.version) return { kind: 'there', list };
    else if (isLast) return { kind: 'failed', failure };
    const pausing = wait(Math.min(pause, until - Date.now()), signal);
    if (told) await pausing;
    else told = await Promise.race([answer, pausing]);
  }
}

/** `open`: the write may have happened. */
function toldBy(thrown: unknown): Written | { readonly kind: 'open'; readonly failure: Failure } {
  const failure = asFailure(thrown);
  if (failure.code === 'stale') return { kind: 'stale' };
  // Without a proof from the CRM, nothing was sent.
  const isKnown = failure.service === 'crm' || [NOT_WRITTEN, KEY_REFUSED].includes(failure.reason ?? '');
  return { kind: leavesOpen(failure) && !isKnown ? 'open' : 'failed', failure };
}
