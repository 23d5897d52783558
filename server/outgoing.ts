/**
 * All of the server's requests to other services go through here. They are spread evenly, at the rate that each service allows,
 * counted across instances. After a 429 only that account waits, by its own row.
 *
 * amoCRM and Kommo block an address, so a block stops all requests from this address to that CRM. At Pipedrive a block follows
 * too many requests of one company, and it is not documented whether it is about the address. It stops that company, and all
 * requests to Pipedrive once several companies are blocked within a minute. A company can get itself blocked on purpose, so this
 * does not count while Pipedrive still answers other companies.
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
/** If this many companies are blocked within a minute, the address itself is blocked. */
const MANY_BLOCKED = 3;
const MANY_WITHIN_MILLISECONDS = 60_000;
/** If other companies were answered this recently, the address is not blocked. */
const ANSWERED_WITHIN_MILLISECONDS = 10_000;
const TOO_MANY_MILLISECONDS = 2_000;
/** The rate of a line that exists only for its pauses. It is fast, but simultaneous requests still take turns. */
const ANY_PACE = 1_000;

export function pacedFetch(given: Outgoing): Fetch {
  const { fetch, pace, egress, rates, crmAt, budgetGoneFor = () => null, onEvent } = given;
  /** For each shared line, when the CRM last answered anything but a block. */
  const answeredAt = new Map<string, number>();
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
    const { company } = lines;
    const left = company ? await pace.place(company.line, ANY_PACE, LINE_MILLISECONDS).catch(() => 0) : 0;
    if (left === null) {
      tell('held');
      const isBlocked = company !== null && (await pace.countHeld(company.block, 0).catch(() => 0)) > 0;
      throw isBlocked
        ? new NotSent('The CRM blocks this account')
        : new NotSent('The account has used up its daily budget at the CRM', true);
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
    if (outcome === 'blocked') {
      if (company) {
        await hold(company.line, BLOCKED_MILLISECONDS);
        await hold(company.block, BLOCKED_MILLISECONDS);
      }
      const recent = BLOCKED_MILLISECONDS - MANY_WITHIN_MILLISECONDS;
      const isAnswering =
        performance.now() - (answeredAt.get(lines.shared) ?? -Infinity) < ANSWERED_WITHIN_MILLISECONDS;
      const isAddress =
        !company ||
        (!isAnswering && (await pace.countHeld(company.blocks, recent).catch(() => 0)) >= MANY_BLOCKED);
      if (isAddress) await hold(lines.shared, BLOCKED_MILLISECONDS);
    } else if (company) answeredAt.set(lines.shared, performance.now());
    if (outcome === 'too-many') {
      const goneFor = budgetGoneFor(answer);
      if (company && goneFor !== null) await hold(company.line, goneFor * 1000);
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
  /** Null if the CRM counts and blocks by address. */
  readonly company: {
    /** The line that is paused while the CRM answers nothing of this company: its budget is used up, or it is blocked. */
    readonly line: string;
    /** Paused as well while the company is blocked. */
    readonly block: string;
    /** How the names of all such blocks begin. */
    readonly blocks: string;
  } | null;
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
    const blocks = `block ${egress} ${to} `;
    return {
      to,
      own,
      shared,
      company: isPersonal ? { line: `budget ${hostname}`, block: blocks + hostname, blocks } : null,
      names: [
        [shared, rates[to]],
        [own, isPersonal ? rates.personalToken : rates.account],
      ],
    };
  }
  const own = `chat ${bearerOf(request)}`;
  return { to: 'chat', own, shared: own, company: null, names: [[own, rates.chatKey, CHAT_AT_ONCE]] };
}

const bearerOf = ({ headers, url }: Request): string =>
  digestOf(headers.get('Authorization') ?? new URL(url).hostname);

/** A 403 with an HTML page comes from a proxy in front of the CRM, which has stopped letting these requests through. */
function outcomeOf({ status, headers }: Response, to: OutgoingEvent['to']): OutgoingEvent['outcome'] {
  if (status === 429) return 'too-many';
  const isPage = headers.get('Content-Type')?.startsWith('text/html') === true;
  return status === 403 && isPage && to !== 'chat' ? 'blocked' : 'answered';
}

function waitIn({ headers }: Response): number {
  const seconds = Number(headers.get('Retry-After') ?? headers.get('x-ratelimit-reset'));
  return seconds > 0 && seconds < 600 ? seconds * 1000 : TOO_MANY_MILLISECONDS;
}
