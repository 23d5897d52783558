/**
 * Who has the client, when several sellers press at once. The CRM keeps one responsible and a log of changes, and lets
 * the last write win; this is what everybody concludes from that log alone, so that all name the same winner:
 *
 * - The log counts only when its changes link without a gap and end at the responsible who was read.
 * - The first change away from the owner that the claim was based on wins. Whoever takes the client within a
 *   minute of it has lost to it, even where the CRM shows them.
 * - A change that gives the client to somebody other than its author is an order, and ends the race.
 * - Only the author of the last write repairs it.
 */
import type { OwnerChange } from '../../host/host.ts';
import { linked } from './change-log.ts';

/** Two claims closer together than this were made at once. The CRM's clock. */
export const RACE_SECONDS = 60;

export type Claim = {
  readonly me: string;
  /** The owner whom the seller saw when they pressed. */
  readonly basedOn: string | null;
  /** Whether clients of this owner may be taken by anybody. */
  readonly isFree: (ownerId: string | null) => boolean;
};

/** How somebody came to have the client. */
export type Turn = {
  readonly ownerId: string | null;
  /** `null`: a robot, or unknown. */
  readonly by: string | null;
  /** Unix seconds by the CRM's clock. */
  readonly at: number;
  readonly how: 'claim' | 'order';
};

export type Verdict =
  | { readonly kind: 'mine' }
  /** The client is another's, and the last write, which says otherwise, was mine. */
  | { readonly kind: 'hand-back'; readonly to: string }
  | { readonly kind: 'lost'; readonly turn: Turn }
  /** The client is mine; whoever wrote over me has yet to hand the client back. */
  | { readonly kind: 'overwritten'; readonly turn: Turn }
  /** The owner is still the one the claim was based on, and the log shows nothing. */
  | { readonly kind: 'unseen' }
  /** Some of the log is still on its way. */
  | { readonly kind: 'incomplete' };

export function verdictOf(changes: readonly OwnerChange[], ownerId: string | null, claim: Claim): Verdict {
  const log = linked(changes, ownerId);
  const first = log?.findIndex(({ before }) => before === claim.basedOn) ?? -1;
  const last = log?.at(-1);
  if (!log || !last || first < 0)
    return { kind: ownerId === claim.basedOn && !changes.some(isBy(claim.me)) ? 'unseen' : 'incomplete' };

  // A colleague who got the client within the last minute may have lost a race for that client.
  const standing = standingAfter(log.slice(claim.isFree(claim.basedOn) ? first : 0), claim);
  // An order may have made it mine, but then my own change may still be missing, and with it what it went over.
  if (ownerId === claim.me && !log.some(isBy(claim.me))) return { kind: 'incomplete' };
  if (standing.ownerId === ownerId)
    return ownerId === claim.me ? { kind: 'mine' } : { kind: 'lost', turn: standing };
  if (last.by === claim.me && standing.ownerId !== null) return { kind: 'hand-back', to: standing.ownerId };
  return standing.ownerId === claim.me
    ? { kind: 'overwritten', turn: turnOf(last) }
    : { kind: 'lost', turn: standing };
}

const isBy =
  (author: string) =>
  ({ by }: OwnerChange): boolean =>
    by === author;

const isClaim = ({ by, after }: OwnerChange): boolean => by === after;

export const turnOf = (change: OwnerChange): Turn => ({
  ownerId: change.after,
  by: change.by,
  at: change.at,
  how: isClaim(change) ? 'claim' : 'order',
});

/** Whose the client is after these changes, the first of which leads away from the owner claimed from. */
function standingAfter([first, ...rest]: readonly OwnerChange[], claim: Claim): Turn {
  if (!first) throw new Error('A race starts with a change');
  let standing = turnOf(first);
  const formerly = new Set([first.after]);
  const claimants = new Set(isClaim(first) ? [first.by] : []);
  for (const change of rest) {
    if (isClaim(change)) claimants.add(change.by);
    // Giving the client back to the rightful owner does not change how that owner got the client.
    if (change.after === standing.ownerId) continue;
    const counts = isClaim(change)
      ? isRightful(change, standing, claim)
      : !isBlindRepair(change, { me: claim.me, claimants, formerly });
    if (!counts) continue;
    standing = turnOf(change);
    formerly.add(change.after);
  }
  return standing;
}

/** A claim that does not belong to the race: made long after it, or on a client whom an order has set free. */
function isRightful(change: OwnerChange, standing: Turn, { me, basedOn, isFree }: Claim): boolean {
  // What a colleague's claim was based on nobody knows; of my own I do.
  if (change.by === me && (change.before !== basedOn || standing.ownerId !== basedOn)) return false;
  if (change.at - standing.at > RACE_SECONDS) return true;
  return standing.how === 'order' && change.before === standing.ownerId && isFree(standing.ownerId);
}

/** Whoever lost handed back to the winner they knew of, over an order that they had not seen. */
function isBlindRepair(
  { by, before, after }: OwnerChange,
  {
    me,
    claimants,
    formerly,
  }: { me: string; claimants: ReadonlySet<string | null>; formerly: ReadonlySet<string | null> },
): boolean {
  return claimants.has(by) && formerly.has(after) && (by === me || before !== by);
}
