/**
 * The only place that knows axios. An adapter describes a request and the shape of its answer; what comes
 * back is that shape or a `Failure`, never half an answer.
 */
import { create, isAxiosError, isCancel, type AxiosError } from 'axios';
import { safeParse, type GenericSchema } from 'valibot';
import { Failure, type FailureCode, type Service } from './failure.ts';
import { retryAfterMs, retryReads, textOf } from './retry.ts';

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
}): Client {
  const { service } = options;
  const http = create({
    baseURL: options.baseURL,
    headers: options.headers,
    responseType: 'json',
    // A broken answer must fail instead of arriving as a string.
    transitional: { silentJSONParsing: false, clarifyTimeoutError: true },
  });
  retryReads(http);

  const failureOf = (thrown: unknown): Failure => {
    if (isCancel(thrown)) return new Failure('cancelled', service);
    if (!isAxiosError(thrown)) throw thrown;
    if (thrown.code === 'ETIMEDOUT' || thrown.code === 'ECONNABORTED') return new Failure('timeout', service);
    if (!thrown.response) return new Failure('no-answer', service);
    const { status, data } = thrown.response;
    if (status < 400) return new Failure('unreadable', service);
    const { reason, code } = options.explain(status, data);
    return new Failure(code ?? meaningOf(status), service, reason, retryAfterMs(thrown));
  };

  return async request => {
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
      .catch((thrown: AxiosError) => {
        throw failureOf(thrown);
      });
    const header = (name: string): string | null => textOf(answer.headers, name);
    if (!request.schema || answer.status === 204) return { value: null, header };
    const parsed = safeParse(request.schema, answer.data);
    if (!parsed.success) throw new Failure('unreadable', service);
    return { value: parsed.output, header };
  };
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
