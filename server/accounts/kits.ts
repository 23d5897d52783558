/** Which CRM an account belongs to. It never changes, so it is looked up once and cached. */
import * as v from 'valibot';
import { CRM_NAMES, type CrmName } from '../caller.ts';
import type { CrmOf, Kits } from '../crm/by-account.ts';
import type { Crm } from '../crm/crm.ts';
import type { CrmKit } from '../crm/kit.ts';
import { CrmUnavailable } from '../crm/unanswered.ts';
import type { Database } from '../store/database.ts';

const MOST_KEPT = 10_000;
const crmName = v.picklist(CRM_NAMES);

export function kitsByAccount(database: Database, all: readonly CrmKit[]): Kits {
  const known = new Map<string, CrmName>();

  async function nameOf(accountId: string): Promise<CrmName | null> {
    const kept = known.get(accountId);
    if (kept) return kept;
    const row = await database
      .selectFrom('account')
      .select('crm')
      .where('id', '=', accountId)
      .executeTakeFirst();
    const { success, output } = v.safeParse(crmName, row?.crm);
    if (!success) return null;
    if (known.size >= MOST_KEPT) known.clear();
    known.set(accountId, output);
    return output;
  }

  const named = (name: string): CrmKit | null =>
    all.find(({ names }) => names.some(one => one === name)) ?? null;
  return {
    all,
    personal: all.flatMap(kit => (kit.personalGrants ? kit.names : [])),
    named,
    at: host => all.find(({ crmAt }) => crmAt(host) !== null) ?? null,
    async ofAccount(accountId) {
      const name = await nameOf(accountId);
      const kit = name && named(name);
      if (!kit) throw new CrmUnavailable('The server is not set up for this CRM');
      return kit;
    },
  };
}

/** `crms`: the CRM of each kit, ready to be asked. */
export const crmByAccount =
  (kits: Kits, crms: ReadonlyMap<CrmKit, Crm>): CrmOf =>
  async accountId => {
    const crm = crms.get(await kits.ofAccount(accountId));
    if (!crm) throw new CrmUnavailable('The server is not set up for this CRM');
    return crm;
  };
