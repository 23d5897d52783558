/** A change of an account's connection with its row in the history: who connected what kind of key, and nothing of the key. */
import type { Caller } from '../caller.ts';
import type { KeyKind } from '../chat/wazzup/key-kind.ts';
import type { History } from '../history/change.ts';
import type { Connections } from './connection.ts';

export type ConnectionChange = {
  readonly connections: Connections;
  readonly history: History;
  /** Another chat account is connected than before: what was known of its clients is looked at anew. */
  readonly connected: (accountId: string) => Promise<void>;
};

export async function changeConnection(
  { connections, history, connected }: ConnectionChange,
  who: Pick<Caller, 'account' | 'employeeId'> & {
    readonly accountId: string;
    /** The page that it was asked from. */
    readonly origin: string | null;
  },
  keyKind: KeyKind | null,
  /** Whether it is another one than before. */
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
  // What was done is not undone because it could not be noted: the row stays, and reads as unknown.
  await settle('accepted', { keyKind }).catch(() => undefined);
  if (isOther) await connected(accountId);
}
