/**
 * Changes an account's connection and records it in the history: who connected which kind of key, and nothing about the key
 * itself.
 */
import type { Caller } from '../caller.ts';
import type { KeyKind } from '../chat/wazzup/key-kind.ts';
import type { History } from '../history/change.ts';
import type { Connections } from './connection.ts';

export type ConnectionChange = {
  readonly connections: Connections;
  readonly history: History;
  /** Called when another chat account is connected than before: its clients have to be checked anew. */
  readonly connected: (accountId: string) => Promise<void>;
};

export async function changeConnection(
  { connections, history, connected }: ConnectionChange,
  who: Pick<Caller, 'account' | 'employeeId'> & {
    readonly accountId: string;
    /** The origin of the page that asked; null for a page of our own. */
    readonly origin: string | null;
  },
  keyKind: KeyKind | null,
  /** Makes the change. Returns whether another chat key is connected than before. */
  change: () => Promise<boolean>,
): Promise<void> {
  const { account, employeeId, accountId, origin } = who;
  const before = { keyKind: (await connections.stateOf(accountId)).keyKind };
  const settle = await history.intend({
    account,
    employeeId,
    origin,
    what: 'chat-connection',
    before,
    after: { keyKind },
  });
  const isOther = await change().catch(async (error: unknown) => {
    await settle('refused').catch(() => undefined);
    throw error;
  });
  // A finished change is not undone when its outcome cannot be recorded: the history row stays and reads as unknown.
  await settle('accepted', { keyKind }).catch(() => undefined);
  if (isOther) await connected(accountId);
}
