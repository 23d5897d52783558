/**
 * All that the server asks of others leaves through here: evenly, as fast as each service allows, counted across instances. An
 * account that asks too much waits by a row of its own. A block stops everything that goes to that CRM from this address,
 * because the CRM lets none of us in until it forgets.
 */
import type { CrmName } from './caller.ts';
import { NotSent, type Fetch } from './http/fetch.ts';
import { digestOf } from './store/digest.ts';
import type { Pace } from './store/pace.ts';
import { sleep } from './store/sleep.ts';

export type Outgoing = {
  readonly fetch: Fetch;
  readonly pace: Pace;
  /** Instances that share an address towards the CRM share its name. */
  readonly egress: string;
  readonly rates: Rates;
  /** Whose API is at this host; null where it is no CRM's. */
  readonly crmAt: (hostname: string) => CrmName | null;
  /** For how many seconds an account of a CRM has used up its day, as an answer tells; null for any other answer. */
  readonly budgetGoneFor?: (answer: Response) => number | null;
  readonly onEvent: (event: OutgoingEvent) => void;
};

/** Requests a second. */
export type Rates = {
  /** Of one account at its CRM: seven are allowed, and at exactly seven eight fall into one second at times. */
  readonly account: number;
  /** Of all accounts together, to each CRM: Kommo counts by address, as it says itself, Pipedrive by token. */
  readonly amocrm: number;
  readonly kommo: number;
  readonly pipedrive: number;
  /** Of one person's token at Pipedrive, which allows 80 in two seconds at least. */
  readonly personalToken: number;
  /** Of one key at the chat service, which allows 500 in five seconds. */
  readonly chatKey: number;
};
export const USUAL_RATES: Rates = {
  account: 6.5,
  amocrm: 50,
  kommo: 6.5,
  pipedrive: 200,
  personalToken: 30,
  chatKey: 80,
};
/** Together with five seconds at that rate, this stays below 500. */
const CHAT_AT_ONCE = 80;

export type OutgoingEvent = {
  readonly to: CrmName | 'chat';
  readonly outcome: 'answered' | 'held' | 'too-many' | 'blocked' | 'failed';
  readonly status?: number;
  readonly milliseconds: number;
};

/** How long a request waits in line. Whoever asks has more patience than that. */
const LINE_MILLISECONDS = 4_000;
const BLOCKED_MILLISECONDS = 10 * 60_000;
const TOO_MANY_MILLISECONDS = 2_000;
/** Of what waits for nothing but the end of a day: fast, but those who ask in one moment still take turns. */
const ANY_PACE = 1_000;

export function pacedFetch(given: Outgoing): Fetch {
  const { fetch, pace, egress, rates, crmAt, budgetGoneFor = () => null, onEvent } = given;
  return async request => {
    const started = performance.now();
    const lines = await linesOf(request, { egress, rates, crmAt });
    const tell = (outcome: OutgoingEvent['outcome'], status?: number): void =>
      onEvent({
        to: lines.to,
        outcome,
        ...(status !== undefined && { status }),
        milliseconds: performance.now() - started,
      });
    // Who goes on asking then is shut out.
    const left = lines.budget
      ? await pace.place(lines.budget, ANY_PACE, LINE_MILLISECONDS).catch(() => 0)
      : 0;
    if (left === null) {
      tell('held');
      throw new NotSent('The account has used up its day at the CRM', true);
    }
    if (left > 0) await sleep(left, request.signal);
    for (const [name, perSecond, atOnce] of lines.names) {
      // Without a database nobody knows what the others send: it stays here, and nothing came of it.
      const wait = await pace.place(name, perSecond, LINE_MILLISECONDS, atOnce).catch(() => null);
      if (wait !== null) await sleep(wait, request.signal);
      if (wait === null || request.signal.aborted) {
        tell('held');
        throw new NotSent('Too much is asked of this service now');
      }
    }
    let answer: Response;
    try {
      answer = await fetch(request);
    } catch (error) {
      tell('failed');
      throw error;
    }
    const outcome = outcomeOf(answer, lines.to);
    // The answer may hold tokens that are given once, so it is not lost when this cannot be written.
    const hold = (name: string, milliseconds: number): Promise<void> =>
      pace.hold(name, milliseconds).catch(() => undefined);
    if (outcome === 'blocked') await hold(lines.shared, BLOCKED_MILLISECONDS);
    if (outcome === 'too-many') {
      const goneFor = budgetGoneFor(answer);
      if (lines.budget && goneFor !== null) await hold(lines.budget, goneFor * 1000);
      else await hold(lines.own, waitIn(answer));
    }
    tell(outcome, answer.status);
    return answer;
  };
}

type Lines = {
  readonly to: OutgoingEvent['to'];
  readonly own: string;
  readonly shared: string;
  /** Held for as long as nothing of the account is answered; null where the CRM has no such budget. */
  readonly budget: string | null;
  readonly names: readonly (readonly [name: string, perSecond: number, atOnce?: number])[];
};

async function linesOf(
  request: Request,
  { egress, rates, crmAt }: Pick<Outgoing, 'egress' | 'rates' | 'crmAt'>,
): Promise<Lines> {
  const { hostname } = new URL(request.url);
  const to = crmAt(hostname);
  if (to !== null) {
    const isPersonal = to === 'pipedrive';
    const own = isPersonal ? `crm ${hostname} ${bearerOf(request)}` : `crm ${hostname}`;
    const shared = `egress ${egress} ${to}`;
    return {
      to,
      own,
      shared,
      budget: isPersonal ? `budget ${hostname}` : null,
      names: [
        [shared, rates[to]],
        [own, isPersonal ? rates.personalToken : rates.account],
      ],
    };
  }
  const own = `chat ${bearerOf(request)}`;
  return { to: 'chat', own, shared: own, budget: null, names: [[own, rates.chatKey, CHAT_AT_ONCE]] };
}

const bearerOf = ({ headers, url }: Request): string =>
  digestOf(headers.get('Authorization') ?? new URL(url).hostname);

/** A page with 403 comes from a proxy in front of the CRM: it blocks the address that asks, whoever the question is about. */
function outcomeOf({ status, headers }: Response, to: OutgoingEvent['to']): OutgoingEvent['outcome'] {
  if (status === 429) return 'too-many';
  const isPage = headers.get('Content-Type')?.startsWith('text/html') === true;
  return status === 403 && isPage && to !== 'chat' ? 'blocked' : 'answered';
}

function waitIn({ headers }: Response): number {
  const seconds = Number(headers.get('Retry-After') ?? headers.get('x-ratelimit-reset'));
  return seconds > 0 && seconds < 600 ? seconds * 1000 : TOO_MANY_MILLISECONDS;
}
