/**
 * The only place that knows axios. An adapter describes a request and the format of its answer. The result is that
 * format or a `Failure`, never a partial answer.
 */
import { create, isAxiosError, isCancel, type AxiosError, type AxiosResponse } from 'axios';
import { getDotPath, safeParse, type BaseIssue, type GenericSchema } from 'valibot';
import { debug } from './debug.ts';
import { asFailure, Failure, type FailureCode, type FailureDetails, type Service } from './failure.ts';
import type { Pace } from './pace.ts';
import { pauseBefore, retryAfterMs, wait } from './retry.ts';

const READ_TIMEOUT_MS = 12_000;
const WRITE_TIMEOUT_MS = 8000;

export type Query = Readonly<Record<string, string | number | readonly string[]>>;

export type Request<T> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Built with `path`, so that no part can escape its segment. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer's format. Without a schema the body is ignored. */
  readonly schema?: GenericSchema<unknown, T>;
  readonly signal?: AbortSignal | undefined;
  /** Called right before sending, after any wait in the queue. If it returns false, nothing is sent. */
  readonly isDue?: (() => boolean) | undefined;
  /** How long to wait for the answer, if different from the default. */
  readonly patienceMs?: number;
};

export type Answer<T> = {
  /** `null` for an answer without a body (204). */
  readonly value: T | null;
  readonly header: (name: string) => string | null;
};

export type Client = <T = never>(request: Request<T>) => Promise<Answer<T>>;

/** Percent-encodes the values in a path: path`/contacts/${id}`. */
export const path = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  parts.reduce((whole, part, at) => `${whole}${encodeURIComponent(String(values[at - 1]))}${part}`);

/** Extracts the service's own reason from the body of a refusal, and whether it changes the meaning of the status. */
export type Explain = (
  status: number,
  body: unknown,
) => { readonly reason: string | null; readonly code?: FailureCode };

export function createClient(options: {
  readonly service: Service;
  readonly baseURL: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly explain: Explain;
  readonly pace?: Pace | undefined;
  /** After this is aborted, no more requests are sent; the answer to a request in progress still counts. */
  readonly closed?: AbortSignal | undefined;
}): Client {
  const { service } = options;
  const http = create({
    baseURL: options.baseURL,
    headers: options.headers,
    // By default Firefox parses an answer without a content type as XML, even an empty one, and logs an error.
    responseType: 'text',
    transitional: { clarifyTimeoutError: true },
  });

  const failed = (code: FailureCode, request: Request<unknown>, details?: FailureDetails): Failure => {
    const failure = new Failure(code, service, { ...details, request: `${request.method} ${request.path}` });
    if (code !== 'cancelled') debug(failure);
    return failure;
  };

  const failureOf = (thrown: unknown, request: Request<unknown>): Failure => {
    if (isCancel(thrown)) return failed('cancelled', request);
    if (!isAxiosError(thrown)) return failed('defect', request, { cause: thrown });
    const cause = withoutSecrets(thrown);
    if (thrown.code === 'ETIMEDOUT' || thrown.code === 'ECONNABORTED')
      return failed('timeout', request, { cause });
    if (!thrown.response) return failed('no-answer', request, { cause });
    const { status, data } = thrown.response;
    if (status < 400) return failed('unreadable', request, { cause });
    const body = jsonIn(data) ?? data;
    const { reason, code } = options.explain(status, body);
    const pause = retryAfterMs(body, textOf(thrown.response.headers, 'Retry-After'));
    return failed(code ?? meaningOf(status, reason), request, { reason, retryAfterMs: pause, cause });
  };

  const once = async (request: Request<unknown>): Promise<AxiosResponse<unknown>> => {
    const answered = await options.pace?.();
    if (options.closed?.aborted || request.isDue?.() === false) {
      answered?.();
      throw failed('cancelled', request);
    }
    const answer = await http
      .request<string>({
        method: request.method,
        url: request.path,
        params: parametersOf(request.query ?? {}),
        data: request.body,
        headers: { ...request.headers },
        timeout: request.patienceMs ?? (request.method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS),
        ...(request.signal ? { signal: request.signal } : {}),
      })
      .catch((thrown: unknown) => {
        throw failureOf(thrown, request);
      })
      .finally(answered);
    const data = jsonIn(answer.data);
    if (data === undefined) {
      const cause = new Error(`status ${answer.status}`);
      throw failed('unreadable', request, { misfit: ['The answer is no JSON'], cause });
    }
    return { ...answer, data };
  };

  const settled = async (request: Request<unknown>, attempt = 1): Promise<AxiosResponse<unknown>> => {
    try {
      return await once(request);
    } catch (thrown) {
      const pause = request.method === 'GET' ? pauseBefore(attempt, asFailure(thrown)) : null;
      if (pause === null) throw thrown;
      await wait(pause, request.signal);
      return settled(request, attempt + 1);
    }
  };

  return async request => {
    const answer = await settled(request);
    const header = (name: string): string | null => textOf(answer.headers, name);
    if (!request.schema || answer.status === 204) return { value: null, header };
    const parsed = safeParse(request.schema, answer.data);
    if (!parsed.success) throw failed('unreadable', request, { misfit: parsed.issues.map(misfitOf) });
    return { value: parsed.output, header };
  };
}

/** A list becomes one parameter with brackets per value. */
const parametersOf = (query: Query): URLSearchParams =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'object' ? value.map(one => [`${name}[]`, one]) : [[name, String(value)]],
    ),
  );

/**
 * Copies an axios error without secrets: the original contains the request with its headers, and so the token, and the
 * parser's message quotes the answer.
 */
const withoutSecrets = ({ name, code, response }: AxiosError): Error =>
  new Error(response ? `status ${response.status}` : (code ?? name));

/** Parses the body; `undefined` if it is not JSON. An empty body stays empty text and does not become an empty list. */
function jsonIn(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * The place in the answer and the type expected there. The value found there is left out, because it may name a person.
 */
const misfitOf = (issue: BaseIssue<unknown>): string =>
  `${getDotPath(issue) ?? 'The answer'}: expected ${issue.expected ?? 'another value'}, found ${typeNameOf(issue.input)}`;

const typeNameOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

/** Reads a header by name in any case; adapters differ in that, and axios evens it out. */
const textOf = (headers: AxiosResponse['headers'], name: string): string | null =>
  Object(headers).get(name)?.toString() ?? null;

const MEANINGS: Readonly<Record<number, FailureCode>> = {
  401: 'signed-out',
  402: 'unpaid',
  403: 'forbidden',
  404: 'missing',
  412: 'stale',
  429: 'too-many',
};

function meaningOf(status: number, reason: string | null): FailureCode {
  // Our server's word for it. The CRM's own 429 is over in a moment.
  if (reason === 'CRM_BUDGET_GONE') return 'budget-gone';
  return MEANINGS[status] ?? (status >= 500 ? 'down' : 'refused');
}
