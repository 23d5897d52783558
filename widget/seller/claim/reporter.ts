/** Sends reports to the server until it has them: at once, then after pauses, and whenever the page wakes up. */
import { isOneOf } from '../../../domain/one-of.ts';
import type { ClaimStatus, ClaimsServer, ClaimReport } from '../../account/claim.ts';
import type { Dispose } from '../../host/host.ts';
import { asFailure, leavesOpen, type Failure } from '../../http/failure.ts';
import type { StoredClaims } from './stored-claims.ts';

/** The most claims in one request. */
const MOST_AT_ONCE = 50;
const PAUSES_MS = [2000, 5000, 15_000, 60_000, 300_000];

export type Reporter = {
  /** Stores reports before the write is sent. */
  readonly save: (claims: readonly ClaimReport[]) => void;
  /** Sends reports. The report of a stopped write is not retried, because its grant lapses anyway. */
  readonly report: (claims: readonly ClaimReport[]) => Promise<void>;
  /** Forgets the report of a press that wrote nothing. */
  readonly drop: (press: string) => void;
  /** Sends all stored reports at once. */
  readonly wake: () => void;
  readonly stop: Dispose;
};

/** Whether the server may accept the same report later. */
const isPassing = (failure: Failure): boolean =>
  leavesOpen(failure) ||
  isOneOf(failure.code, ['too-many', 'signed-out', 'unpaid', 'cancelled']) ||
  // The server does not know this account yet, or forbids all of it for now.
  failure.code === 'forbidden';

const isWritten = ({ outcome }: ClaimReport): boolean => outcome !== 'stopped';

export function createReporter(given: {
  readonly server: ClaimsServer;
  readonly stored: StoredClaims;
  /**
   * `null`: the server has the report and says nothing. `isSingle`: the request reported one claim, so the server
   * waited for the chat service before it answered.
   */
  readonly onAnswer: (press: string, claim: ClaimStatus | null, isSingle: boolean) => void;
  readonly onFailure: (press: string, failure: Failure) => void;
}): Reporter {
  const { server, stored } = given;
  /** Presses whose reports are being sent. */
  const underWay = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isStopped = false;

  const answered = (claims: readonly ClaimReport[], answer: readonly ClaimStatus[]): void => {
    for (const { press, outcome } of claims.filter(isWritten)) {
      // A newer report may have been stored in the meantime. It is kept.
      const now = stored.all().find(one => one.claim.press === press);
      if (!now || now.claim.outcome === outcome) stored.drop(press);
      given.onAnswer(press, answer.find(one => one.press === press) ?? null, claims.length === 1);
    }
  };
  const later = (): void => {
    clearTimeout(timer);
    if (isStopped || stored.all().length === 0) return;
    const pause = PAUSES_MS[Math.min(Math.max(failures, 1), PAUSES_MS.length) - 1] ?? 0;
    timer = setTimeout(wake, pause);
  };
  const send = async (claims: readonly ClaimReport[]): Promise<void> => {
    if (isStopped) return;
    claims.forEach(({ press }) => underWay.add(press));
    try {
      answered(claims, await server.report(claims));
      failures = 0;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (isPassing(failure)) {
        failures += 1;
        claims.filter(isWritten).forEach(({ press }) => given.onFailure(press, failure));
      } else answered(claims, []);
    }
    claims.forEach(({ press }) => underWay.delete(press));
  };
  const report: Reporter['report'] = async claims => {
    const idle = claims.filter(({ press }) => !underWay.has(press));
    for (let at = 0; at < idle.length; at += MOST_AT_ONCE) await send(idle.slice(at, at + MOST_AT_ONCE));
    later();
  };
  const wake = (): void => void report(stored.all().map(({ claim }) => claim));
  return {
    save: claims => claims.forEach(stored.save),
    report,
    drop: stored.drop,
    wake,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
