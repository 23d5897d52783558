/**
 * Accidents as named state of the world. A disturbance waits for requests whose "METHOD /path" matches and
 * happens a counted number of times. The mounts carry it out; nothing in the stores knows of it.
 */

/** Accidents that an answer can carry, whatever the mount. */
export type AnswerFault =
  | 'too-many' // 429 with retry_after in the body
  | 'too-many-html' // 429 as nginx says it
  | 'unpaid' // 402: the account has not been paid for
  | 'address-not-allowed' // 403, code 113: the account lets only some addresses in
  | 'no-rights-244' // 400 with "Код ошибки 244", the CRM's way to refuse some writes
  | 'forbidden-json'
  | 'forbidden-html' // nginx, when the CRM blocks an address
  | 'unauthorized'
  | 'server-error'
  | 'broken-json'
  | 'wrong-shape'
  | 'repeated'; // a list names one record twice, over two pages where it has pages

/** Accidents of the connection. */
export type ConnectionFault =
  | 'slow' // answered three seconds late
  | 'slow-answer' // it happens at once, and is answered three seconds late
  | 'lost-before' // nothing happened, and no answer ever comes
  | 'lost-after' // it happened, and no answer ever comes
  | 'cut' // reset before anything happened
  | 'late' // no answer ever comes, and it happens much later: see the oddity `lateMs`
  | 'twice'; // it happens, is answered, and happens once more: see the oddity `twiceMs`

export type Fault = AnswerFault | ConnectionFault;

export type Disturbance = {
  /** Matched against "METHOD /path?query". */
  readonly on: RegExp;
  /** What happens, or what somebody else does just before the request is looked at; a promise holds the request up. */
  readonly happens: Fault | (() => unknown);
  times: number;
};

export type Disturbances = {
  readonly add: (on: RegExp, happens: Disturbance['happens'], times?: number) => void;
  /** The next accident that waits for this request, used up by asking. Those that do not suit wait on. */
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
