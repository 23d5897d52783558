/**
 * The one thing that a client of the CRM or of the chat service throws. Models turn it into state, views
 * turn its code into a sentence. It carries no token, no address and no body.
 *
 * - `no-answer`: the connection was refused, cut or forbidden by CORS; a browser does not tell which
 * - `timeout`: we stopped waiting; for a write this is "unknown", not "no"
 * - `cancelled`: we ourselves no longer wanted the answer
 * - `signed-out`: the session or the proof was not accepted (401)
 * - `unpaid`: the CRM's subscription is over (402)
 * - `forbidden`: known person, missing right (403, and the CRM's "244")
 * - `missing`: no such record, or hidden from me (404, 204)
 * - `stale`: somebody else changed it meanwhile (412)
 * - `refused`: the request itself was not acceptable (any other 4xx)
 * - `too-many`: the limit of requests is reached (429)
 * - `down`: the service failed (5xx)
 * - `unreadable`: an answer came, but not in the agreed shape (a log-in page, broken JSON)
 */
export type FailureCode =
  | 'no-answer'
  | 'timeout'
  | 'cancelled'
  | 'signed-out'
  | 'unpaid'
  | 'forbidden'
  | 'missing'
  | 'stale'
  | 'refused'
  | 'too-many'
  | 'down'
  | 'unreadable';

export type Service = 'crm' | 'chat';

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly service: Service;
  /** The service's own word for what went wrong, where it has one. */
  readonly reason: string | null;
  /** When the service will listen again. */
  readonly retryAfterMs: number | null;

  constructor(
    code: FailureCode,
    service: Service,
    reason: string | null = null,
    retryAfterMs: number | null = null,
  ) {
    super(`${service}: ${code}${reason === null ? '' : ` (${reason})`}`);
    this.code = code;
    this.service = service;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Whether a write that ended like this may have happened all the same. */
export const leavesOpen = (failure: Failure): boolean =>
  ['no-answer', 'timeout', 'down', 'unreadable'].includes(failure.code);

/** For the edge of a model: a defect of ours must not look like a failure of theirs. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  throw thrown;
}
