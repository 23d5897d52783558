/**
 * Notices that somebody else has changed whose client this is. The CRM tells frames nothing of it, so our server is asked, which
 * hears of it from the CRM: that costs nothing of the company's daily budget. Nothing is asked while the panel is folded or its
 * tab is out of sight.
 */
import { nullable, safeParse, string } from 'valibot';
import { object } from '../../http/object.ts';
import type { Dispose, HostPage, HostRecords } from '../host.ts';
import type { Frame } from './frame.ts';
import { asked, watch, type PageAnswer } from './page-answer.ts';
import { readIn } from './ids.ts';

const OFTEN_MS = 5000;
/** After so long without a change it is asked more seldom. */
const QUIET_MS = 180_000;
const SELDOM_MS = 15_000;
const LONGEST_PAUSE_MS = 120_000;

const look = object({ stamp: nullable(string()) });

export type Watching = {
  /** Our server. */
  readonly gateway: string;
  readonly proof: HostRecords['proof'];
  readonly frame: Pick<Frame, 'onVisible'>;
  /** What the page's answer brought: of the client whom it was about. */
  readonly answer: Pick<PageAnswer, 'watch'> & {
    readonly client: { readonly contactId: string | null } | null;
  };
};

export type Watched = Required<Pick<HostPage, 'onChange' | 'knowChange'>>;
type Followed = { readonly know: (stamp: string) => void; readonly stop: Dispose };

/** All who listen about one client share what is asked. */
export function watching(given: Watching): Watched {
  const watched = new Map<string, Followed & { readonly listeners: Set<() => void> }>();
  return {
    onChange(contactId, listener) {
      const listeners = watched.get(contactId)?.listeners ?? new Set();
      listeners.add(listener);
      if (!watched.has(contactId))
        watched.set(contactId, {
          listeners,
          ...follow(given, contactId, () => listeners.forEach(one => one())),
        });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        watched.get(contactId)?.stop();
        watched.delete(contactId);
      };
    },
    knowChange: (contactId, stamp) => watched.get(contactId)?.know(stamp),
  };
}

function follow(
  { gateway, proof, frame, answer }: Watching,
  contactId: string,
  changed: () => void,
): Followed {
  const gone = new AbortController();
  const first = answer.client?.contactId === contactId ? answer.watch : null;
  /** `null`: its hour is over, and the next request asks for another one. */
  let key = first?.key ?? null;
  /** Of the owner whom the page shows; undefined until it is known. */
  let stamp = first?.stamp;
  let isUnfolded = true;
  let isAsking = false;
  let failures = 0;
  let changedAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const again = (): void => {
    clearTimeout(timer);
    if (gone.signal.aborted || isAsking || !isUnfolded || document.visibilityState === 'hidden') return;
    const usual = performance.now() - changedAt > QUIET_MS ? SELDOM_MS : OFTEN_MS;
    timer = setTimeout(() => void ask(), Math.min(usual * 2 ** failures, LONGEST_PAUSE_MS));
  };
  const heard = (now: string | null): void => {
    const isKnown = stamp === undefined || now === null || now === stamp;
    stamp = now ?? stamp;
    if (isKnown) return;
    changedAt = performance.now();
    changed();
  };
  const understood = (status: number, body: unknown): boolean => {
    if (key === null) {
      const { success, output } = safeParse(watch, body);
      if (!success) return false;
      key = output.key;
      // A fresh one of later is of the owner who is read now, whom the page may not show yet.
      if (stamp === undefined) stamp = output.stamp;
      return true;
    }
    const { success, output } = safeParse(look, body);
    if (success) heard(output.stamp);
    else if (status === 403 && readIn(body, 'error') === 'WATCH_OVER') key = null;
    return success;
  };
  const ask = async (): Promise<void> => {
    isAsking = true;
    const before = stamp;
    const path = key === null ? `/watch?contact=${contactId}` : `/changes?watch=${key}`;
    const answered = await asked(gateway + path, proof).catch(() => null);
    isAsking = false;
    if (gone.signal.aborted) return;
    // The CRM no longer shows the client to this person: the card finds that out for itself, and nothing more comes.
    if (answered?.response.status === 404) {
      gone.abort();
      return changed();
    }
    // Meanwhile the page has changed the owner itself: this may be from before that.
    if (stamp !== before) return again();
    failures = answered && understood(answered.response.status, answered.body) ? 0 : failures + 1;
    again();
  };
  const seen = (): void => {
    changedAt = performance.now();
    again();
  };
  document.addEventListener('visibilitychange', seen, { signal: gone.signal });
  const deaf = frame.onVisible(isVisible => {
    isUnfolded = isVisible;
    seen();
  });
  again();
  return {
    know(now) {
      stamp = now;
      seen();
    },
    stop() {
      gone.abort();
      clearTimeout(timer);
      deaf();
    },
  };
}
