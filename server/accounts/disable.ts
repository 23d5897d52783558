/**
 * The CRM tells once that an account has switched us off. The call is signed and carries no time, so whoever has seen it may
 * send it again for ever: it is no more than a reason to ask the CRM whether it takes our grants.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CrmApi } from '../crm/amocrm/api.ts';
import type { Integration } from '../crm/amocrm/oauth.ts';
import type { Database } from '../store/database.ts';
import { disabled } from './state.ts';

export type Disabling = {
  /** False for a call that the CRM has not signed. */
  readonly receive: (query: URLSearchParams) => Promise<boolean>;
  /** Asks the CRM about everybody who is said to have left. Whom it cannot tell about now is asked about again. */
  readonly work: (leaving: AbortSignal) => Promise<void>;
};

export type DisablingGiven = {
  readonly database: Database;
  readonly integration: Integration;
  readonly crm: CrmApi;
  /** Called when the CRM is to be asked. */
  readonly wake: () => Promise<void>;
  readonly now: () => Date;
};

export function createDisabling({ database, integration, crm, wake, now }: DisablingGiven): Disabling {
  return {
    async receive(query) {
      const accountId = query.get('account_id') ?? '';
      // One page of the maker's documents has one name, the form's help text the other.
      const clientId = query.get('client_uuid') ?? query.get('client_id') ?? '';
      if (clientId !== integration.id) return false;
      if (!isSigned(query.get('signature') ?? '', accountId, integration)) return false;
      // It does not say of which CRM: an account of each may have this number.
      await database
        .updateTable('account')
        .set({ disableToldAt: now() })
        .where('crmAccountId', '=', accountId)
        .where('state', 'not in', ['disabled', 'purged'])
        .execute();
      await wake();
      return true;
    },
    async work(leaving) {
      const said = await database
        .selectFrom('account')
        .select('id')
        .where('disableToldAt', 'is not', null)
        .execute();
      for (const { id } of said) {
        if (leaving.aborted) return;
        const answer = await crm.ask(id, 'account', leaving);
        if (answer.kind === 'needs-reauth') await disabled(database, id, now());
        else if (answer.kind === 'answered')
          await database.updateTable('account').set({ disableToldAt: null }).where('id', '=', id).execute();
      }
    },
  };
}

function isSigned(signature: string, accountId: string, { id, secret }: Integration): boolean {
  const expected = createHmac('sha256', secret).update(`${id}|${accountId}`).digest();
  const given = Buffer.from(/^[0-9a-f]{64}$/i.test(signature) ? signature : '', 'hex');
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}
