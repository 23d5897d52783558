/**
 * Notices when the owner of a client has been changed elsewhere. The CRM does not notify frames, but it notifies our
 * server. Asking our server uses up nothing of the company's daily budget. Nothing is asked while the panel is folded or
 * its tab is hidden.
 */
import { nullable, safeParse, string } from 'valibot';
import { object } from '../../http/object.ts';
import type { Dispose, HostPage, HostRecords } from '../host.ts';
import type { Frame } from './frame.ts';
import { asked, watch, type PageAnswer } from './page-answer.ts';
import { readIn } from './ids.ts';

const OFTEN_MS = 5000;
/** After this time without a change, the server is asked less often. */
const QUIET_MS = 180_000;
const SELDOM_MS = 15_000;
const LONGEST_PAUSE_MS = 120_000;

const look = object({ stamp: nullable(string()) });

export type Watching = {
  /** Our server. */
  readonly gateway: string;
  readonly proof: HostRecords['proof'];
  readonly frame: Pick<Frame, 'onVisible'>;
  /** The first right to watch, which came with the page, and the client that it is for. */
  readonly answer: Pick<PageAnswer, 'watch'> & {
    readonly client: { readonly contactId: string | null } | null;
  };
};

export type Watched = Required<Pick<HostPage, 'onChange' | 'knowChange'>>;
type Followed = { readonly know: (stamp: string) => void; readonly stop: Dispose };

/** All listeners for a client share the same requests. */
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
  /** `null`: there is none, or its hour is over. The next request asks for a new one. */
  let key = first?.key ?? null;
  /** Stands for the owner that the page shows. `undefined`: not known yet. */
  let stamp = first?.stamp;
  let isUnfolded = true;
  let isAsking = false;
  let failures = 0;
  let changedAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const schedule = (): void => {
    clearTimeout(timer);
    if (gone.signal.aborted || isAsking || !isUnfolded || document.visibilityState === 'hidden') return;
    const usual = performance.now() - changedAt > QUIET_MS ? SELDOM_MS : OFTEN_MS;
    timer = setTimeout(() => void ask(), Math.min(usual * 2 ** failures, LONGEST_PAUSE_MS));
  };
  const compare = (now: string | null): void => {
    const isKnown = stamp === undefined || now === null || now === stamp;
    stamp = now ?? stamp;
    if (isKnown) return;
    changedAt = performance.now();
    changed();
  };
  const accept = (status: number, body: unknown): boolean => {
    if (key === null) {
      const { success, output } = safeParse(watch, body);
      if (!success) return false;
      key = output.key;
      // A later key comes with the stamp of the current owner, which the page may not show yet. So the old stamp stays.
      if (stamp === undefined) stamp = output.stamp;
      return true;
    }
    const { success, output } = safeParse(look, body);
    if (success) compare(output.stamp);
    else if (status === 403 && readIn(body, 'error') === 'WATCH_OVER') key = null;
    return success;
  };
  const ask = async (): Promise<void> => {
    isAsking = true;
    const before = stamp;
    const path = key === null ? `/watch?contact=${contactId}` : `/changes?watch=${key}`;
    const reply = await asked(gateway + path, proof).catch(() => null);
    isAsking = false;
    if (gone.signal.aborted) return;
    // The CRM no longer shows the client to this person. The card finds that out when it reads, and watching ends.
    if (reply && readIn(reply.body, 'error') === 'NOT_SEEN') {
      gone.abort();
      return changed();
    }
    // In the meantime the page has changed the owner itself. This answer may be older than that change.
    if (stamp !== before) return schedule();
    failures = reply && accept(reply.response.status, reply.body) ? 0 : failures + 1;
    schedule();
  };
  const restart = (): void => {
    changedAt = performance.now();
    schedule();
  };
  document.addEventListener('visibilitychange', restart, { signal: gone.signal });
  const stopListening = frame.onVisible(isVisible => {
    isUnfolded = isVisible;
    restart();
  });
  schedule();
  return {
    know(now) {
      stamp = now;
      restart();
    },
    stop() {
      gone.abort();
      clearTimeout(timer);
      stopListening();
    },
  };
}
