/**
 * Accidents as named state of the world. A disturbance waits for requests whose "METHOD /path" matches and happens a
 * given number of times. The mounts carry it out; the stores do not know about it.
 */

/** Accidents that an answer can express, on any mount. */
export type AnswerFault =
  | 'too-many' // 429 with retry_after in the body
  | 'too-many-html' // 429 as nginx sends it
  | 'unpaid' // 402: the account has not been paid for
  | 'address-not-allowed' // 403, code 113: the account allows only some addresses
  | 'no-rights-244' // 400 with "Код ошибки 244", which the CRM uses to refuse some writes
  | 'forbidden-json'
  | 'forbidden-html' // nginx, when the CRM blocks an address
  | 'unauthorized'
  | 'server-error'
  | 'broken-json'
  | 'wrong-shape'
  | 'repeated'; // a list contains one record twice, on two pages if it has pages

/** Accidents of the connection. */
export type ConnectionFault =
  | 'slow' // answered three seconds late
  | 'slow-answer' // carried out at once, answered three seconds late
  | 'lost-before' // not carried out, never answered
  | 'lost-after' // carried out, never answered
  | 'cut' // reset before anything was carried out
  | 'late' // never answered, and carried out much later: see the oddity `lateMs`
  | 'twice'; // carried out, answered, and carried out again: see the oddity `twiceMs`

export type Fault = AnswerFault | ConnectionFault;

export type Disturbance = {
  /** Matched against "METHOD /path?query". */
  readonly on: RegExp;
  /** The accident, or what another client does just before the request is handled; a promise delays the request. */
  readonly happens: Fault | (() => unknown);
  times: number;
};

export type Disturbances = {
  readonly add: (on: RegExp, happens: Disturbance['happens'], times?: number) => void;
  /** Takes the next accident that matches this request and counts it as used. The others keep waiting. */
  readonly take: (
    request: { readonly method: string; readonly url: string },
    suits?: (happens: Disturbance['happens']) => boolean,
  ) => Disturbance['happens'] | undefined;
  readonly waiting: () => readonly Disturbance[];
  readonly clear: () => void;
};

export function createDisturbances(): Disturbances {
  let waiting: Disturbance[] = [];
  return {
    add: (on, happens, times = 1) => {
      waiting.push({ on, happens, times });
    },
    take({ method, url }, suits = () => true) {
      const { pathname, search } = new URL(url);
      const next = waiting.find(one => one.on.test(`${method} ${pathname}${search}`) && suits(one.happens));
      if (!next) return undefined;
      next.times -= 1;
      waiting = waiting.filter(one => one.times > 0);
      return next.happens;
    },
    waiting: () => waiting,
    clear: () => {
      waiting = [];
    },
  };
}
