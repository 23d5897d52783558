/** Reads the roles of an account when no page asks for them, in the same way as for a page. */
import { ChatUnavailable } from '../chat/wazzup/asking.ts';
import type { AccountRoles } from '../chat/account-roles.ts';
import type { Connections } from '../connections/connection.ts';
import { codeOf } from '../http/code.ts';
import type { Fetch } from '../http/fetch.ts';
import { Refused } from '../http/refusal.ts';
import type { Asking } from './config.ts';
import { mayAnswerClients, rolesNow } from './settings.ts';

export function accountRolesBy({
  connections,
  hosts,
  fetch,
}: {
  readonly connections: Pick<Connections, 'of'>;
  readonly hosts: { readonly api: string; readonly settings: string };
  readonly fetch: Fetch;
}): AccountRoles {
  async function askingFor(accountId: string, patience: AbortSignal): Promise<Asking | null> {
    const connection = await connections.of(accountId);
    if (!connection || connection.keyKind === 'sidecar') return null;
    return { wazzup: { ...connection, ...hosts }, fetch, patience };
  }
  return {
    async of(accountId, patience) {
      const asking = await askingFor(accountId, patience);
      try {
        return asking && (await rolesNow(asking));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if ((await codeOf(error.answer)) === 'KEY_TOO_WEAK') return null;
        throw new ChatUnavailable('The chat service did not return the roles', { cause: error });
      }
    },
    async mayAnswer(accountId, employeeId, patience) {
      const asking = await askingFor(accountId, patience);
      return asking !== null && mayAnswerClients(employeeId, asking);
    },
  };
}
