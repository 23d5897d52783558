/**
 * All of the server's requests to other services go through here. They are spread evenly, at the rate that each service allows,
 * counted across instances. After a 429 only that account waits, by its own row. When a CRM blocks our address, all requests
 * from this address to that CRM stop, because the CRM answers none of them until the block ends.
 */
import type { CrmName } from './caller.ts';
import { NotSent, type Fetch } from './http/fetch.ts';
import { digestOf } from './store/digest.ts';
import type { Pace } from './store/pace.ts';
import { sleep } from './store/sleep.ts';

export type Outgoing = {
  readonly fetch: Fetch;
  readonly pace: Pace;
  /** Instances that reach the CRM from the same address share this name. */
  readonly egress: string;
  readonly rates: Rates;
  /** The CRM whose API is at this host; null when it is not a CRM's. */
  readonly crmAt: (hostname: string) => CrmName | null;
  /**
   * For how many seconds an account's daily budget at the CRM is used up, according to an answer; null for any other answer.
   */
  readonly budgetGoneFor?: (answer: Response) => number | null;
  readonly onEvent: (event: OutgoingEvent) => void;
};

/** Requests per second. */
export type Rates = {
  /** For one account at its CRM. Seven are allowed, but at exactly seven, eight sometimes fall into one second. */
  readonly account: number;
  /**
   * For all accounts together, for each CRM. Kommo counts by address, according to its own pages; Pipedrive counts by token.
   */
  readonly amocrm: number;
  readonly kommo: number;
  readonly pipedrive: number;
  /** For one person's token at Pipedrive, which allows at least 80 in two seconds. */
  readonly personalToken: number;
  /** For one key at the chat service, which allows 500 in five seconds. */
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
/** How many more may leave together after a pause. Together with five seconds at the rate above, this stays below 500. */
const CHAT_AT_ONCE = 80;

export type OutgoingEvent = {
  readonly to: CrmName | 'chat';
  readonly outcome: 'answered' | 'held' | 'too-many' | 'blocked' | 'failed';
  readonly status?: number;
  readonly milliseconds: number;
};

/** How long a request waits in line. Callers wait longer than that. */
const LINE_MILLISECONDS = 4_000;
const BLOCKED_MILLISECONDS = 10 * 60_000;
const TOO_MANY_MILLISECONDS = 2_000;
/** The rate of a line that exists only for its pauses. It is fast, but simultaneous requests still take turns. */
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
    // The CRM blocks a company that keeps asking after its budget is used up.
    const left = lines.budget
      ? await pace.place(lines.budget, ANY_PACE, LINE_MILLISECONDS).catch(() => 0)
      : 0;
    if (left === null) {
      tell('held');
      throw new NotSent('The account has used up its daily budget at the CRM', true);
    }
    if (left > 0) await sleep(left, request.signal);
    for (const [name, perSecond, atOnce] of lines.names) {
      // Without the database the requests of other instances are unknown, so this one is not sent.
      const wait = await pace.place(name, perSecond, LINE_MILLISECONDS, atOnce).catch(() => null);
      if (wait !== null) await sleep(wait, request.signal);
      if (wait === null || request.signal.aborted) {
        tell('held');
        throw new NotSent('The rate limit of this service leaves no room for the request now');
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
    // The answer may contain tokens that are issued only once, so it must not be lost when the pause cannot be saved.
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
  /** The line that is paused while the account's daily budget is used up; null where the CRM has no such budget. */
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

/**
 * A 403 with an HTML page comes from a proxy in front of the CRM. It blocks our address, whichever account the request was for.
 */
function outcomeOf({ status, headers }: Response, to: OutgoingEvent['to']): OutgoingEvent['outcome'] {
  if (status === 429) return 'too-many';
  const isPage = headers.get('Content-Type')?.startsWith('text/html') === true;
  return status === 403 && isPage && to !== 'chat' ? 'blocked' : 'answered';
}

function waitIn({ headers }: Response): number {
  const seconds = Number(headers.get('Retry-After') ?? headers.get('x-ratelimit-reset'));
  return seconds > 0 && seconds < 600 ? seconds * 1000 : TOO_MANY_MILLISECONDS;
}
