/**
 * Who gets a client when several people ask: the first one, for half a minute. Pure: takes what is stored and returns what is
 * to be stored.
 *
 * A person cannot block a client by asking repeatedly. Someone who let a grant lapse without writing still gets the next ones,
 * but those are not exclusive: a colleague who asks gets the client.
 */
import {
  GRANT_SECONDS,
  IDLE_SECONDS,
  MOST_GRANTS,
  QUIET_SECONDS,
  type Claim,
  type ClaimRequest,
  type ClaimReport,
  type GrantAnswer,
} from './claim.ts';
import { SKEW_SECONDS, type Ledger } from './judge.ts';

export type Hold = {
  readonly press: string;
  readonly by: string;
  /** Unix seconds. */
  readonly until: number;
  /** Whether it keeps colleagues out. */
  readonly isExclusive: boolean;
};

/** What is stored about a client besides the claims. */
export type ClaimedClient = {
  readonly ledger: Ledger;
  readonly version: number;
  /** When the client counts as quiet, if no claim comes. Unix seconds. */
  readonly activeUntil: number;
  readonly hold: Hold | null;
};

type Granted = {
  readonly answer: GrantAnswer;
  /** What is to be stored; null when nothing changes. */
  readonly changed: { readonly client: ClaimedClient; readonly claim: Claim } | null;
};

/**
 * `seconds`: now. `open`: the number of the person's open grants. `earlier`: the claim with the client's latest grant. `known`:
 * this press, if it is stored already.
 */
export function decideGrant(
  client: ClaimedClient | null,
  earlier: Claim | undefined,
  known: Claim | undefined,
  { press, base, toId }: ClaimRequest,
  {
    employeeId,
    seconds,
    open,
  }: { readonly employeeId: string; readonly seconds: number; readonly open: number },
): Granted {
  // A report can overtake the request it belongs to. It is not overwritten, and neither is a colleague's press.
  const isWritten = known?.outcome === 'written' || known?.outcome === 'unknown';
  if (isWritten || (known && known.employeeId !== employeeId))
    return { answer: { press, kind: 'granted' }, changed: null };
  const hold = client?.hold ?? null;
  const isHeld = hold !== null && hold.until > seconds;
  if (isHeld && hold.by !== employeeId && hold.isExclusive)
    return { answer: { press, kind: 'held', by: hold.by }, changed: null };
  const isTheirs = isHeld && hold.by === employeeId;
  if (!isTheirs && open >= MOST_GRANTS) return { answer: { press, kind: 'too-many' }, changed: null };
  const isIdle =
    hold?.by === employeeId &&
    hold.press !== press &&
    hold.until > seconds - IDLE_SECONDS &&
    earlier !== undefined &&
    isUnwritten(earlier);
  const from = Math.floor(seconds);
  return {
    answer: { press, kind: 'granted' },
    changed: {
      client: {
        ...activated(client, { base, from, seconds }),
        hold: { press, by: employeeId, until: seconds + GRANT_SECONDS, isExclusive: !isIdle },
      },
      claim: newClaim({ press, employeeId, base, toId, from, heardAt: from }),
    },
  };
}

/** A late report makes the server read at most this much of the CRM's log. */
const LATEST_SECONDS = 24 * 3600;

/** Null when the press is a colleague's. */
export function recordReport(
  client: ClaimedClient | null,
  known: Claim | undefined,
  { press, base, toId, outcome, at }: ClaimReport,
  { employeeId, seconds }: { readonly employeeId: string; readonly seconds: number },
): { readonly client: ClaimedClient; readonly claim: Claim } | null {
  if (known && known.employeeId !== employeeId) return null;
  const heardAt = Math.floor(seconds);
  // The request was so slow that the page had written before the server received it.
  const isLate = known !== undefined && outcome !== 'stopped' && at < known.from - SKEW_SECONDS;
  const from = known && !isLate ? known.from : Math.max(Math.min(at, heardAt), heardAt - LATEST_SECONDS);
  const claim = known ?? newClaim({ press, employeeId, base, toId, from, heardAt });
  const isStopped = outcome === 'stopped' && claim.state === 'open';
  const now = activated(client, { base, from, seconds });
  return {
    client: isStopped && now.hold?.press === press ? { ...now, hold: null } : now,
    claim: { ...claim, from, heardAt, outcome, state: isStopped ? 'released' : claim.state },
  };
}

const isUnwritten = ({ outcome, state }: Claim): boolean =>
  (outcome === null || outcome === 'stopped') &&
  (state === 'open' || state === 'lapsed' || state === 'released');

const newClaim = (
  given: Pick<Claim, 'press' | 'employeeId' | 'base' | 'toId' | 'from' | 'heardAt'>,
): Claim => ({
  ...given,
  kind: 'press',
  outcome: null,
  state: 'open',
});

/** Starts the ledger over after a quiet time, and when a claim turns out to be older than the ledger. */
function activated(
  client: ClaimedClient | null,
  { base, from, seconds }: { readonly base: string | null; readonly from: number; readonly seconds: number },
): ClaimedClient {
  const activeUntil = seconds + QUIET_SECONDS;
  const ledger: Ledger = { base, from: from - SKEW_SECONDS, events: [] };
  if (!client) return { ledger, version: 0, activeUntil, hold: null };
  if (client.activeUntil >= seconds && ledger.from >= client.ledger.from) return { ...client, activeUntil };
  return { ...client, ledger, version: client.version + 1, activeUntil };
}
