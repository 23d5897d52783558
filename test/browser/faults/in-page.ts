/** The code inside the browser's page: the widget's own adapters, called by name, on a faster clock. */
import { wazzupChat } from '../../../widget/chat/wazzup/chat.ts';
import { amocrmRecords } from '../../../widget/host/amocrm/records.ts';
import { Failure } from '../../../widget/http/failure.ts';
import { createPace } from '../../../widget/http/pace.ts';
import { CHAT_CALLS, RECORDS_CALLS, type Subjects } from './calls.ts';

const FASTER = 200;

export type Given = {
  readonly gateway: string;
  readonly integrationId: string;
  readonly me: string;
};

/** How a call ended: `ok`, or the failure as its code, with its service and when to try again. */
export type Ending = {
  readonly code: string;
  readonly service?: string;
  readonly retryAfterMs?: number | null;
  readonly message?: string;
};

export type InPage = {
  readonly methods: () => { readonly records: string[]; readonly chat: string[] };
  readonly call: (given: Given, seam: 'records' | 'chat', name: string, about: Subjects) => Promise<Ending>;
  /** Makes pauses shorter from now on. */
  readonly hurry: () => void;
  /** Makes all pending requests time out. */
  readonly timeOut: () => void;
  /** Reads a contact, and cancels the request once it is sent. */
  readonly cancel: (given: Given, contactId: string) => Promise<Ending>;
  /** Reads a contact this many times at once, at the widget's pace, and returns how each read ended. */
  readonly crowd: (given: Given, contactId: string, times: number) => Promise<string[]>;
};

const connect = ({ gateway, integrationId, me }: Given, isPaced = false) => {
  const records = amocrmRecords({
    origin: location.origin,
    integrationId,
    me: () => me,
    ...(isPaced ? { pace: createPace('crm-chat-roles:pace', navigator.locks) } : {}),
  });
  return { records, chat: wazzupChat({ gateway, proof: records.proof }) };
};

const methodsOf = (seam: object): string[] =>
  Object.entries(seam).flatMap(([name, value]) => (typeof value === 'function' ? name : []));

const endingOf = (thrown: unknown): Ending =>
  thrown instanceof Failure
    ? {
        code: thrown.code,
        service: thrown.service,
        retryAfterMs: thrown.retryAfterMs,
        message: thrown.message,
      }
    : { code: `defect: ${String(thrown)}` };

const pause = window.setTimeout;
const waiting = new Set<XMLHttpRequest>();
const { send } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
  waiting.add(this);
  this.addEventListener('loadend', () => waiting.delete(this));
  send.call(this, body ?? null);
};

const nowhere: Given = { gateway: '', integrationId: '', me: '' };

const inPage: InPage = {
  methods() {
    const { records, chat } = connect(nowhere);
    return { records: methodsOf(records), chat: methodsOf(chat) };
  },
  async call(given, seam, name, about) {
    const { records, chat } = connect(given);
    const calls: Readonly<Record<string, (() => Promise<unknown>) | undefined>> =
      seam === 'records' ? bound(RECORDS_CALLS, records, about) : bound(CHAT_CALLS, chat, about);
    try {
      await calls[name]?.();
      return { code: 'ok' };
    } catch (thrown) {
      return endingOf(thrown);
    }
  },
  hurry() {
    Object.assign(window, { setTimeout: (then: () => void, ms = 0) => pause(then, ms / FASTER) });
  },
  timeOut() {
    for (const request of waiting) {
      request.dispatchEvent(new ProgressEvent('timeout'));
      request.abort();
    }
  },
  async cancel(given, contactId) {
    const wanted = new AbortController();
    const asked = connect(given).records.contact(contactId, wanted.signal);
    pause(() => wanted.abort(), 100);
    return asked.then(() => ({ code: 'ok' }), endingOf);
  },
  crowd(given, contactId, times) {
    const { records } = connect(given, true);
    return Promise.all(
      Array.from({ length: times }, () =>
        records.contact(contactId).then(
          () => 'ok',
          (thrown: unknown) => endingOf(thrown).code,
        ),
      ),
    );
  },
};

function bound<Seam>(
  calls: Readonly<Record<string, (seam: Seam, about: Subjects) => Promise<unknown>>>,
  seam: Seam,
  about: Subjects,
): Readonly<Record<string, () => Promise<unknown>>> {
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, () => call(seam, about)]));
}

Object.assign(window, { inPage });
