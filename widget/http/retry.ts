/** When a request that failed is worth asking again. Only reads are: a write is read back before anybody repeats it. */
import type { AxiosError, AxiosInstance, AxiosResponse } from 'axios';
import axiosRetry from 'axios-retry';

/** Longer than this nobody waits in front of a screen: the person is told when to try again. */
const PATIENCE_MS = 4000;
const FIRST_PAUSE_MS = 300;
const RETRIES = 2;

/** amoCRM puts the pause into the body, everybody else into the header; both in seconds. */
export function retryAfterMs({ response }: Pick<AxiosError, 'response'>): number | null {
  const body: unknown = response?.data;
  const told: unknown =
    typeof body === 'object' && body !== null && 'retry_after' in body
      ? body.retry_after
      : response && textOf(response.headers, 'Retry-After');
  const seconds = told === null || told === undefined ? Number.NaN : Number(told);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

/** A header whichever way its name is written; adapters differ in that. */
export function textOf(headers: AxiosResponse['headers'], name: string): string | null {
  const wanted = name.toLowerCase();
  const value = Object.entries(headers).find(([written]) => written.toLowerCase() === wanted)?.[1];
  return typeof value === 'string' ? value : null;
}

const isRead = (error: AxiosError): boolean => ['get', 'head'].includes(error.config?.method ?? '');

function isPassing(error: AxiosError): boolean {
  const status = error.response?.status;
  if (status === undefined) return error.code === 'ERR_NETWORK';
  return (status === 429 || status >= 500) && (retryAfterMs(error) ?? 0) <= PATIENCE_MS;
}

/** Waits as long as it was told to, otherwise longer each time, with jitter so that an office does not return at once. */
export function retryReads(http: AxiosInstance): void {
  axiosRetry(http, {
    retries: RETRIES,
    shouldResetTimeout: true,
    retryCondition: error => isRead(error) && isPassing(error),
    retryDelay: (attempt, error) =>
      retryAfterMs(error) ?? FIRST_PAUSE_MS * 2 ** (attempt - 1) * (1 + Math.random()),
  });
}
