import { debug } from './debug.ts';

/**
 * The one thing that a client of the CRM or of the chat service throws. Models turn it into state, views
 * turn its code into a sentence. For developers it carries what was asked and what did not fit, but no token, no host,
 * no query and no value of a body: those may name people.
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
 * - `defect`: our own code threw; what was under way may or may not have happened
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
  | 'unreadable'
  | 'defect';

/** Whose failure it is. `widget`: a defect of our own. */
export type Service = 'crm' | 'chat' | 'widget';

export type FailureDetails = {
  /** The service's own word for what went wrong, where it has one. */
  readonly reason?: string | null;
  /** When the service will listen again, in milliseconds. */
  readonly retryAfterMs?: number | null;
  /** The request, such as `GET /api/v4/contacts/7`. */
  readonly request?: string | undefined;
  /** What of the answer did not fit: places and types, such as `userRoles.3.role: Expected string`. */
  readonly misfit?: readonly string[];
  /** What was thrown below, for developers. */
  readonly cause?: unknown;
};

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly service: Service;
  readonly reason: string | null;
  readonly retryAfterMs: number | null;
  readonly request: string | undefined;
  readonly misfit: readonly string[];

  constructor(code: FailureCode, service: Service, details: FailureDetails = {}) {
    const { reason = null, retryAfterMs = null, request, misfit = [], cause } = details;
    super(`${service}: ${code}${reason === null ? '' : ` (${reason})`}`, { cause });
    this.code = code;
    this.service = service;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
    this.request = request;
    this.misfit = misfit;
  }
}

const OPEN = ['no-answer', 'timeout', 'down', 'unreadable', 'defect'] satisfies readonly FailureCode[];

/** Whether a write that ended like this may have happened all the same. */
export const leavesOpen = ({ code }: Failure): boolean => OPEN.some(one => one === code);

/**
 * For the edge of a model: whatever was thrown becomes a failure that can be shown. A defect of ours keeps a code of its
 * own, so that it is never told as a failure of a service, and leaves no screen waiting.
 */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const failure = new Failure('defect', 'widget', { cause: thrown });
  debug(failure);
  return failure;
}
