/** What the chat service knows about a client, in the words of a claim's status. */
import { inTime } from '../http/exchange.ts';
import type { Followed } from '../chat/copy.ts';
import { Refused, type RefusalCode } from '../http/refusal.ts';
import type { ChatStatus } from './claim-status.ts';

/** The page waits this long. The update goes on regardless. */
const PATIENCE_MILLISECONDS = 12_000;
const NOTHING: readonly string[] = [];

export async function chatStatus(
  look: (patience: AbortSignal) => Promise<Followed | null>,
): Promise<ChatStatus> {
  try {
    const followed = await inTime(PATIENCE_MILLISECONDS, undefined, look);
    if (!followed) return { kind: 'waiting', notNumbers: NOTHING };
    // Another program has loaded the client, so the chat service knows them.
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
  // The caller no longer sees the client. The server follows it regardless.
  NOT_SEEN: 'gone',
};
