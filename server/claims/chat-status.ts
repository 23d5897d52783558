/** What the chat service has come to know of a client, in a claim's own words. */
import { inTime } from '../http/exchange.ts';
import type { Followed } from '../chat/copy.ts';
import { Refused, type RefusalCode } from '../http/refusal.ts';
import type { ChatStatus } from './claim-status.ts';

/** Longer nobody waits for it: the client is told of all the same. */
const PATIENCE_MILLISECONDS = 12_000;
const NOTHING: readonly string[] = [];

export async function chatStatus(
  look: (patience: AbortSignal) => Promise<Followed | null>,
): Promise<ChatStatus> {
  try {
    const followed = await inTime(PATIENCE_MILLISECONDS, undefined, look);
    if (!followed) return { kind: 'waiting', notNumbers: NOTHING };
    // Somebody else has told of them.
    if (followed.kind === 'not-ours') return { kind: 'known', notNumbers: NOTHING };
    return { kind: followed.kind, notNumbers: 'notNumbers' in followed ? followed.notNumbers : NOTHING };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { kind: KINDS[error.code ?? 'DEFECT'] ?? 'failed', notNumbers: NOTHING };
  }
}

const KINDS: Partial<Record<RefusalCode, ChatStatus['kind']>> = {
  CHAT_NOT_CONNECTED: 'not-connected',
  KEY_TOO_WEAK: 'not-connected',
  ROLE_REQUIRED: 'no-role',
  // Hidden from them by now; the server looks all the same.
  NOT_SEEN: 'gone',
};
