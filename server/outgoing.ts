/**
 * All that the server asks of others leaves through here: evenly, as fast as each service allows, counted across instances. An
 * account that asks too much waits by a row of its own.
 *
 * amoCRM and Kommo block an address, so one block stops everything that goes to that CRM. At Pipedrive a block follows what
 * one company's apps have asked, and it is not documented whether it is about the address: it stops that company, and
 * everything to Pipedrive once several companies are blocked within a minute.
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
/** So many companies blocked within a minute mean that the address is. */
const MANY_BLOCKED = 3;
const MANY_WITHIN_MILLISECONDS = 60_000;
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
    // The CRM shuts out clients that go on asking then.
    const { company } = lines;
    const left = company ? await pace.place(company.line, ANY_PACE, LINE_MILLISECONDS).catch(() => 0) : 0;
    if (left === null) {
      tell('held');
      const isBlocked = company !== null && (await pace.countHeld(company.block, 0).catch(() => 0)) > 0;
      throw isBlocked
        ? new NotSent('The CRM blocks this account')
        : new NotSent('The account has used up its day at the CRM', true);
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
    if (outcome === 'blocked') {
      if (company) {
        await hold(company.line, BLOCKED_MILLISECONDS);
        await hold(company.block, BLOCKED_MILLISECONDS);
      }
      const recent = BLOCKED_MILLISECONDS - MANY_WITHIN_MILLISECONDS;
      const isAddress =
        !company || (await pace.countHeld(company.blocks, recent).catch(() => 0)) >= MANY_BLOCKED;
      if (isAddress) await hold(lines.shared, BLOCKED_MILLISECONDS);
    }
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
  /** Null where the CRM counts and blocks by address. */
  readonly company: {
    /** Held while the CRM answers nothing of this company. */
    readonly line: string;
    /** Held as well while the reason is a block. */
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

/** A page with 403 comes from a proxy in front of the CRM, which lets requests through no more. */
function outcomeOf({ status, headers }: Response, to: OutgoingEvent['to']): OutgoingEvent['outcome'] {
  if (status === 429) return 'too-many';
  const isPage = headers.get('Content-Type')?.startsWith('text/html') === true;
  return status === 403 && isPage && to !== 'chat' ? 'blocked' : 'answered';
}

function waitIn({ headers }: Response): number {
  const seconds = Number(headers.get('Retry-After') ?? headers.get('x-ratelimit-reset'));
  return seconds > 0 && seconds < 600 ? seconds * 1000 : TOO_MANY_MILLISECONDS;
}
