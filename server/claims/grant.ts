/**
 * To whom a client is granted while several ask: the first one has them for half a minute. Pure: what is kept goes in, what is
 * to be kept comes out.
 *
 * Nobody can keep a client from colleagues by asking again and again: somebody who has let a grant lapse without writing gets
 * the next ones all the same, but anybody else goes before them.
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
  /** Whether it keeps others out. */
  readonly isExclusive: boolean;
};

/** Of a client, apart from the claims. */
export type ClaimedClient = {
  readonly ledger: Ledger;
  readonly version: number;
  /** Unix seconds. */
  readonly activeUntil: number;
  readonly hold: Hold | null;
};

type Granted = {
  readonly answer: GrantAnswer;
  /** Null where nothing has become another. */
  readonly changed: { readonly client: ClaimedClient; readonly claim: Claim } | null;
};

/**
 * `seconds`: now. `open`: how many clients are kept for them already. `earlier`: the claim that holds or held the client.
 * `known`: this press, as far as it was heard of before.
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
  // The page did not wait for this, and has told meanwhile what it wrote: that stands as it was told.
  // And nobody changes a colleague's press.
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

/** A claim that is told later is judged by this much of the CRM's log, so that no page can have all of it read. */
const LATEST_SECONDS = 24 * 3600;

/** Null where the press is somebody else's. */
export function recordReport(
  client: ClaimedClient | null,
  known: Claim | undefined,
  { press, base, toId, outcome, at }: ClaimReport,
  { employeeId, seconds }: { readonly employeeId: string; readonly seconds: number },
): { readonly client: ClaimedClient; readonly claim: Claim } | null {
  if (known && known.employeeId !== employeeId) return null;
  const heardAt = Math.floor(seconds);
  // What was asked for was on its way for so long that the page has written before it came.
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

/** A client who was quiet for long begins anew, and one of whose past we hear only now begins there. */
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
