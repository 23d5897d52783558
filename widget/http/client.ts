/**
 * The only place that knows axios. An adapter describes a request and the shape of its answer; what comes
 * back is that shape or a `Failure`, never half an answer.
 */
import { create, isAxiosError, isCancel, type AxiosResponse } from 'axios';
import { safeParse, type GenericSchema } from 'valibot';
import { createCircuit, isOnline, isPressed } from './circuit.ts';
import { asFailure, Failure, type FailureCode, type Service } from './failure.ts';
import type { Pace } from './pace.ts';
import { pauseBefore, retryAfterMs, wait } from './retry.ts';

const READ_TIMEOUT_MS = 12_000;
const WRITE_TIMEOUT_MS = 8000;

export type Query = Readonly<Record<string, string | number | readonly string[]>>;

export type Request<T> = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Made by `path`, so that no part of it can break out. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer's shape. Without one the body is not looked at. */
  readonly schema?: GenericSchema<unknown, T>;
  readonly signal?: AbortSignal | undefined;
};

export type Answer<T> = {
  /** `null` for an answer without a body (204). */
  readonly value: T | null;
  readonly header: (name: string) => string | null;
};

export type Client = <T = never>(request: Request<T>) => Promise<Answer<T>>;

/** Percent-encodes what is put into a path: path`/contacts/${id}`. */
export const path = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): string =>
  parts.reduce((whole, part, at) => `${whole}${encodeURIComponent(String(values[at - 1]))}${part}`);

/** What a refusing body says in the service's own words, and whether that changes what the status means. */
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
  /** Once it is aborted nothing more is sent; what is under way is still heard. */
  readonly closed?: AbortSignal | undefined;
}): Client {
  const { service } = options;
  const circuit = createCircuit(() => performance.now(), isPressed);
  const http = create({
    baseURL: options.baseURL,
    headers: options.headers,
    responseType: 'json',
    // A broken answer must fail instead of arriving as a string.
    transitional: { silentJSONParsing: false, clarifyTimeoutError: true },
  });

  const failureOf = (thrown: unknown): Failure => {
    if (isCancel(thrown)) return new Failure('cancelled', service);
    if (!isAxiosError(thrown)) throw thrown;
    if (thrown.code === 'ETIMEDOUT' || thrown.code === 'ECONNABORTED') return new Failure('timeout', service);
    if (!thrown.response) return new Failure('no-answer', service);
    const { status, data } = thrown.response;
    if (status < 400) return new Failure('unreadable', service);
    const { reason, code } = options.explain(status, data);
    const pause = retryAfterMs(data, textOf(thrown.response.headers, 'Retry-After'));
    return new Failure(code ?? meaningOf(status), service, reason, pause);
  };

  const once = async (request: Request<unknown>): Promise<AxiosResponse<unknown>> => {
    const rest = circuit.rest();
    if (rest > 0) throw new Failure('down', service, null, rest);
    const answered = await options.pace?.();
    if (options.closed?.aborted) {
      answered?.();
      throw new Failure('cancelled', service);
    }
    const answer = await http
      .request<unknown>({
        method: request.method,
        url: request.path,
        params: request.query ?? {},
        paramsSerializer: { indexes: false },
        data: request.body,
        headers: { ...request.headers },
        timeout: request.method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS,
        ...(request.signal ? { signal: request.signal } : {}),
      })
      .catch((thrown: unknown) => {
        const failure = failureOf(thrown);
        const isDead = ['no-answer', 'timeout', 'down'].includes(failure.code);
        // A computer without a network says nothing about the service.
        if (failure.code !== 'cancelled' && isOnline()) circuit.heard(!isDead);
        throw failure;
      })
      .finally(answered);
    circuit.heard(true);
    return answer;
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
    if (!parsed.success) throw new Failure('unreadable', service);
    return { value: parsed.output, header };
  };
}

/** A header whichever way its name is written; adapters differ in that. */
function textOf(headers: AxiosResponse['headers'], name: string): string | null {
  const wanted = name.toLowerCase();
  const value = Object.entries(headers).find(([written]) => written.toLowerCase() === wanted)?.[1];
  return typeof value === 'string' ? value : null;
}

function meaningOf(status: number): FailureCode {
  switch (status) {
    case 401:
      return 'signed-out';
    case 402:
      return 'unpaid';
    case 403:
      return 'forbidden';
    case 404:
      return 'missing';
    case 412:
      return 'stale';
    case 429:
      return 'too-many';
    default:
      return status >= 500 ? 'down' : 'refused';
  }
}
