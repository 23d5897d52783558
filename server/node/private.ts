/**
 * A private integration: a single account, whose administrator has made a long-lived token in the CRM and put it into the
 * environment, optionally with the chat service's key. It becomes an account like any other, so no other code treats it
 * specially.
 */
import type { Connections } from '../connections/connection.ts';
import { crmOf } from '../crm/amocrm/host.ts';
import { personIn } from '../crm/amocrm/oauth.ts';
import { Refused } from '../http/refusal.ts';
import { noted } from '../history/change.ts';
import type { Database } from '../store/database.ts';
import type { Grants } from '../accounts/grant.ts';
import { accountRow } from '../store/account-row.ts';

export type PrivateIntegration = {
  readonly host: string;
  readonly token: string;
  /** Used only while the account has no key. A key that was set in the panel stays. */
  readonly chatKey: string | null;
};

export type PrivateGiven = {
  readonly database: Database;
  readonly grants: Grants;
  readonly connections: Connections;
};

/** Returns a code that says why the key is not used; null when it is used or there is none. */
export async function adopt(
  { database, grants, connections }: PrivateGiven,
  { host, token, chatKey }: PrivateIntegration,
): Promise<string | null> {
  const person = personIn(token);
  if (!person) throw new Error('The long-lived token does not name an account');
  const { accountId, employeeId, expiresAt } = person;
  const account = { crm: crmOf(host), id: accountId };
  const id = await accountRow(database, account);
  await database.updateTable('account').set({ host }).where('id', '=', id).execute();
  const access = await grants.access(id, AbortSignal.timeout(10_000)).catch(() => null);
  if (access?.kind !== 'access' || access.token !== token)
    await grants.keep({ id }, { kind: 'long-lived', token, employeeId, expiresAt, isAdmin: true });
  if (chatKey === null || (await connections.stateOf(id)).keyKind !== null) return null;
  try {
    const found = await connections.look(chatKey);
    await connections.keep(id, chatKey, found, false);
    const after = { keyKind: found.keyKind };
    await noted(database, id, {
      employeeId,
      origin: null,
      what: 'chat-connection',
      before: { keyKind: null },
      after,
    });
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
