/**
 * One look at a client who is being claimed: reads the CRM's log and the client, judges, repairs the effect of late or repeated
 * writes, and decides when to look next. A crash in the middle loses nothing, because the next look starts over.
 */
import type { CrmOwners, OwnerEvent } from '../crm/owners.ts';
import { DELIVERY_SECONDS, judge, SKEW_SECONDS, type Judgement, type Ledger, type Writer } from './judge.ts';
import { GRANT_SECONDS, type Claim, type ClaimState, type ClientClaims } from './claim.ts';
import type { ClaimStore } from './claim-store.ts';

export type LookGiven = {
  readonly store: ClaimStore;
  readonly crm: CrmOwners;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newPress: () => string;
  /** Called when something in the CRM keeps undoing our repairs. A person has to look into it. */
  readonly fought: () => Promise<void>;
  readonly judge?: typeof judge;
};

const MOST_REPAIRS = 3;
const REPAIR_WINDOW_SECONDS = 5 * 60;
/** A log that has not linked for this long never will. Then the current owner is accepted. */
const LONGEST_LAG_SECONDS = 10 * 60;
/** How far the log usually lags behind the contact. */
const USUAL_LAG_SECONDS = 45;
/** Twice the longest delivery, because the log lags. */
const LAPSE_SECONDS = 2 * DELIVERY_SECONDS;
const SOONEST_MS = 500;
const LATEST_MS = 15_000;
const REPAIRED_MS = 1000;
const ARRIVAL_SECONDS = 15;

/** Returns the claims after the judgement; null when the client has no recent claim. */
export async function lookAtClient(given: LookGiven, contactId: string): Promise<ClientClaims | null> {
  const { store, crm, accountId, now } = given;
  const known = await store.of(accountId, contactId);
  if (!known) return null;
  const { ledger, version, claims } = known;
  const writers = claims.filter(({ state }) => state !== 'released').map(asWriter);
  const waited = now() / 1000 - Math.max(...claims.map(({ heardAt }) => heardAt));
  const judgeWith = given.judge ?? judge;
  // The log is read before the client, because a change that the log shows has reached the client.
  const log = await crm.ownerLog(contactId, ledger.from - SKEW_SECONDS, {
    events: ledger.events,
    links: (events, ownerId) => judgeWith(ledger, events, ownerId, writers) !== null,
    waitedSeconds: waited,
  });
  const read = await crm.ownerOf(contactId);
  if (!read)
    return saveJudgement(
      given,
      contactId,
      known,
      { ledger, owner: null, since: null, verdicts: new Map() },
      null,
    );
  const judgeFrom = (from: Ledger) => judgeWith(from, log, read.ownerId, writers);
  const judged = judgeFrom(ledger) ?? (waited > USUAL_LAG_SECONDS ? judgeFrom(rebased(ledger, log)) : null);
  if (!judged) {
    if (waited < LONGEST_LAG_SECONDS) {
      await store.saveJudgement(accountId, contactId, {
        ledger,
        version,
        states: new Map(),
        lookAt: now() + pauseAfter(waited),
      });
      return known;
    }
    return saveJudgement(given, contactId, known, acceptOwner(read.ownerId, now()), read.ownerId);
  }
  if (judged.owner === read.ownerId) return saveJudgement(given, contactId, known, judged, read.ownerId);
  return repair(given, contactId, known, judged, read.ownerId);
}

async function repair(
  given: LookGiven,
  contactId: string,
  known: ClientClaims,
  judged: Judgement,
  ownerId: string | null,
): Promise<ClientClaims> {
  const { store, crm, accountId, now, newPress } = given;
  const at = Math.floor(now() / 1000);
  const { owner } = judged;
  const lately = known.claims.filter(({ from }) => from > at - REPAIR_WINDOW_SECONDS);
  // Repairs that were lost on the way do not count against the limit, and each void press may need one.
  const repaired = lately.filter(
    one => one.kind === 'repair' && (one.state === 'stands' || one.state === 'void'),
  );
  const needed = lately.filter(
    ({ press, kind }) => kind === 'press' && judged.verdicts.get(press) === 'void',
  );
  if (owner === null || repaired.length - needed.length >= MOST_REPAIRS) {
    await given.fought();
    return saveJudgement(given, contactId, known, acceptOwner(ownerId, now(), judged), ownerId);
  }
  const settled = await saveJudgement(given, contactId, known, judged, owner, REPAIRED_MS);
  // A repair that may still arrive is not sent again.
  const isUnderWay = ({ kind, state, from, toId, base }: Claim): boolean =>
    kind === 'repair' &&
    state === 'open' &&
    from > at - ARRIVAL_SECONDS &&
    toId === owner &&
    base === ownerId;
  if (lately.some(isUnderWay)) return settled;
  // If the owner has changed again meanwhile, that change is judged first.
  const still = await crm.ownerOf(contactId);
  if (still?.ownerId !== ownerId) return settled;
  const claim: Claim = {
    press: newPress(),
    kind: 'repair',
    employeeId: await crm.writesAs(),
    base: ownerId,
    toId: owner,
    from: at,
    heardAt: at,
    outcome: null,
    state: 'open',
  };
  await store.saveRepair(accountId, contactId, claim);
  const isAccepted = await crm.setOwner(contactId, owner);
  if (!isAccepted) await store.saveRepair(accountId, contactId, { ...claim, state: 'void' });
  return settled;
}

/** Saves the verdicts and when to look next. */
async function saveJudgement(
  { store, accountId, now }: LookGiven,
  contactId: string,
  { version, claims }: ClientClaims,
  { ledger, verdicts }: Judgement,
  ownerId: string | null,
  soonMs?: number,
): Promise<ClientClaims> {
  const seconds = now() / 1000;
  const stateOf = (claim: Claim): ClaimState => {
    const verdict = verdicts.get(claim.press);
    if (verdict) return verdict === 'counts' ? 'stands' : 'void';
    if (claim.state !== 'open') return claim.state;
    if (claim.outcome !== null && claim.toId === ownerId && claim.kind === 'press') return 'stands';
    return seconds > claim.heardAt + LAPSE_SECONDS ? 'lapsed' : 'open';
  };
  const after = claims.map(claim => ({ ...claim, state: stateOf(claim) }));
  const states = new Map(
    after.flatMap(({ press, state }, at) =>
      state === 'open' || state === claims[at]?.state ? [] : [[press, state] as const],
    ),
  );
  const lookAt = soonMs === undefined ? nextLook(after, now()) : now() + soonMs;
  await store.saveJudgement(accountId, contactId, { ledger, version, states, lookAt });
  return { ledger, version, claims: after };
}

/** Starts a new ledger from the current owner: they keep the client, and nothing before is judged or repaired. */
const acceptOwner = (
  ownerId: string | null,
  now: number,
  { verdicts }: Pick<Judgement, 'verdicts'> = { verdicts: new Map() },
): Judgement => ({
  ledger: { base: ownerId, from: Math.floor(now / 1000), events: [] },
  owner: ownerId,
  since: null,
  verdicts,
});

export const asWriter = ({ press, kind, employeeId, base, toId, from }: Claim): Writer => ({
  press,
  kind,
  by: employeeId,
  base,
  to: toId,
  from,
});

/** The page may have shown an outdated owner. The first event in the log names the real one. */
function rebased(ledger: Ledger, log: readonly OwnerEvent[]): Ledger {
  const [first] = log
    .filter(({ at }) => at >= ledger.from)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  return ledger.events.length === 0 && first ? { ...ledger, base: first.before } : ledger;
}

const pauseAfter = (seconds: number): number =>
  Math.min(LATEST_MS, Math.max(SOONEST_MS, (seconds * 1000) / 2));

function nextLook(claims: readonly Claim[], now: number): number | null {
  const waits = claims.map(claim => {
    const age = now / 1000 - claim.from;
    const silence = now / 1000 - claim.heardAt;
    if (claim.state === 'open' && claim.outcome !== null) return now + pauseAfter(silence);
    if (claim.state === 'open' && silence < GRANT_SECONDS) return (claim.heardAt + GRANT_SECONDS + 1) * 1000;
    if (claim.state === 'open') return now + LATEST_MS;
    // A late or second delivery of the write may still arrive.
    return age <= DELIVERY_SECONDS + SKEW_SECONDS
      ? (claim.from + DELIVERY_SECONDS + SKEW_SECONDS + 1) * 1000
      : Infinity;
  });
  const next = Math.min(...waits);
  return next === Infinity ? null : next;
}
