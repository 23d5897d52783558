import { debug } from './debug.ts';

/**
 * The only error that clients of the CRM, the chat service and our server throw. Models turn it into state, views turn
 * its code into a sentence. For developers it contains the request and what did not fit in the answer, but no token,
 * host, query or value of a body, because those may identify people.
 *
 * - `no-answer`: the connection was refused, cut or forbidden by CORS; the browser does not say which
 * - `timeout`: we stopped waiting; for a write this means "unknown", not "no"
 * - `cancelled`: we no longer wanted the answer
 * - `signed-out`: the session or the proof was not accepted (401)
 * - `unpaid`: the CRM's subscription has ended (402)
 * - `forbidden`: the person is known but lacks a right (403, and the CRM's "244")
 * - `missing`: no such record, or hidden from the person (404, 204)
 * - `stale`: the record was changed by another person in the meantime (412)
 * - `refused`: the request itself was not acceptable (any other 4xx)
 * - `too-many`: the rate limit is reached (429)
 * - `budget-gone`: the company has used up its requests of the day (429)
 * - `down`: the service failed (5xx)
 * - `unreadable`: the answer does not have the agreed format (a login page, broken JSON)
 * - `defect`: our own code threw; the work in progress may or may not have happened
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
  | 'budget-gone'
  | 'down'
  | 'unreadable'
  | 'defect';

/** The service that failed. `widget` is a defect of our own. */
export type Service = 'crm' | 'chat' | 'widget';

export type FailureDetails = {
  /** The service's own word for the problem, if it has one. */
  readonly reason?: string | null;
  /** Milliseconds until the service accepts requests again. */
  readonly retryAfterMs?: number | null;
  /** The request, such as `GET /api/v4/contacts/7`. */
  readonly request?: string | undefined;
  /** What did not fit in the answer: places and types, such as `userRoles.3.role: Expected string`. */
  readonly misfit?: readonly string[];
  /** The original error, for developers. */
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

/** Whether a write that failed like this may have happened nevertheless. */
export const leavesOpen = ({ code }: Failure): boolean => OPEN.some(one => one === code);

/**
 * For the boundary of a model: turns any thrown value into a failure that can be shown. Defects of our own have a
 * separate code, so that they are never presented as a failure of a service and never leave a screen waiting.
 */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const failure = new Failure('defect', 'widget', { cause: thrown });
  debug(failure);
  return failure;
}
