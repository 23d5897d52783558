/**
 * Everything that may happen to one request: on its way, at the service, or to its answer. `acts` means that the
 * service carried out the request nevertheless. A fault is applied on the wire itself, so a browser meets it as in
 * practice.
 */
import { keysOf } from './keys.ts';
import type { Answer } from '../mocks/answer.ts';

export type Fault = {
  readonly acts: boolean;
  /** Answered without CORS headers. */
  readonly withoutCors?: true;
  /** The connection is refused before anything is sent. */
  readonly refused?: true;
  readonly answer: () => Answer;
};

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers });
const html = (status: number, text: string): Response =>
  new Response(`<html><body>${text}</body></html>`, { status, headers: { 'Content-Type': 'text/html' } });
const text = (body: string): Response =>
  new Response(body, { headers: { 'Content-Type': 'application/json' } });

const refusing = (answer: () => Answer): Fault => ({ acts: false, answer });
const garbling = (answer: () => Answer): Fault => ({ acts: true, answer });

/** Starts an answer, then resets the connection or continues forever, one byte at a time. */
function unfinished(then: 'reset' | 'drip'): Response {
  let timer: NodeJS.Timeout;
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"a":"'));
      timer = setInterval(() => {
        if (then === 'reset') stream.error(new Error('The rest is missing'));
        else stream.enqueue(new TextEncoder().encode('a'));
        if (then === 'reset') clearInterval(timer);
      }, 15);
    },
    cancel: () => clearInterval(timer),
  });
  return new Response(body, { headers: { 'Content-Type': 'application/json' } });
}

export const FAULTS = {
  refused: { acts: false, refused: true, answer: () => 'cut' },
  reset: refusing(() => 'cut'),
  'reset mid-body': garbling(() => unfinished('reset')),
  'no answer, not done': refusing(() => 'lost'),
  'no answer, done': garbling(() => 'lost'),
  'a byte a second': garbling(() => unfinished('drip')),
  '204': garbling(() => new Response(null, { status: 204 })),
  '400 validation': refusing(() =>
    json(400, { 'validation-errors': [{ errors: [{ code: 'NotSupportedChoice' }] }], status: 400 }),
  ),
  '400 with 244': refusing(() => json(400, { detail: 'Код ошибки 244', status: 400 })),
  '401': refusing(() => json(401, { detail: 'Unauthorized' })),
  '402': refusing(() => json(402, { detail: 'Payment Required' })),
  '403 JSON': refusing(() => json(403, { detail: 'Access denied' })),
  '403 nginx': refusing(() => html(403, '403 Forbidden')),
  '404': refusing(() => json(404, { detail: 'Not found' })),
  '405': refusing(() => json(405, {})),
  '409': refusing(() => json(409, {})),
  '412': refusing(() => json(412, { error: 'STALE' })),
  '413': refusing(() => html(413, 'Too large')),
  '422': refusing(() => json(422, {})),
  '429, pause in the body': refusing(() => json(429, { retry_after: 2 })),
  '429, pause in the header': refusing(() => json(429, {}, { 'Retry-After': '2' })),
  '429, a long pause': refusing(() => json(429, {}, { 'Retry-After': '90' })),
  '429': refusing(() => json(429, {})),
  '500': refusing(() => json(500, { detail: 'Error' })),
  '502': refusing(() => html(502, 'Bad gateway')),
  '502 without CORS': { acts: false, withoutCors: true, answer: () => html(502, 'Bad gateway') },
  '504 HTML': refusing(() => html(504, 'Gateway timeout')),
  'a log-in page': refusing(() => html(200, 'Log in')),
  'an empty body': garbling(() => text('')),
  'broken JSON': garbling(() => text('{"_embedded":{"')),
  'another shape': garbling(() => text('{"unexpected":["shape"]}')),
  '5 MB': garbling(() => text(`{"unexpected":"${'a'.repeat(5_000_000)}"}`)),
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES: readonly FaultName[] = keysOf(FAULTS);

/** The widget's reaction. `attempts` applies to reads; a write is sent once in any case. */
type Told = {
  readonly code: string;
  readonly attempts: 1 | 3;
  /** The gateway's reaction, if it differs from the page's. */
  readonly gateway?: Partial<Omit<Told, 'gateway'>>;
  readonly retryAfterMs?: number;
};

const again = (code: string): Told => ({ code, attempts: 3 });
const once = (code: string): Told => ({ code, attempts: 1 });

export const TOLD: Record<FaultName, Told> = {
  refused: again('no-answer'),
  reset: again('no-answer'),
  'reset mid-body': again('no-answer'),
  'no answer, not done': once('timeout'),
  'no answer, done': once('timeout'),
  'a byte a second': once('timeout'),
  '204': once('nothing'),
  '400 validation': once('refused'),
  '400 with 244': { ...once('forbidden'), gateway: { code: 'refused' } },
  '401': once('signed-out'),
  '402': once('unpaid'),
  '403 JSON': once('forbidden'),
  '403 nginx': once('forbidden'),
  '404': once('missing'),
  '405': once('refused'),
  '409': once('refused'),
  '412': once('stale'),
  '413': once('refused'),
  '422': once('refused'),
  '429, pause in the body': { ...again('too-many'), retryAfterMs: 2000 },
  '429, pause in the header': { ...again('too-many'), retryAfterMs: 2000 },
  '429, a long pause': { ...once('too-many'), retryAfterMs: 90_000 },
  '429': again('too-many'),
  '500': again('down'),
  '502': again('down'),
  '502 without CORS': { ...again('down'), gateway: { code: 'no-answer' } },
  '504 HTML': again('down'),
  'a log-in page': once('unreadable'),
  'an empty body': once('garbled'),
  'broken JSON': once('unreadable'),
  'another shape': once('garbled'),
  '5 MB': once('garbled'),
};
