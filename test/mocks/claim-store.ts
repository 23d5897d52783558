/** Claims of one account in memory, for stages without a database and for simulations of many runs. */
import { GRANT_SECONDS, type Claim, type ClaimRequest, type GrantAnswer } from '../../server/claims/claim.ts';
import type { ClaimStore } from '../../server/claims/claim-store.ts';
import { decideGrant, recordReport, type ClaimedClient } from '../../server/claims/grant.ts';

type Client = { kept: ClaimedClient; lookAt: number | null; readonly claims: Map<string, Claim> };

export function claimsInMemory(): ClaimStore {
  const clients = new Map<string, Client>();
  const keep = (
    contactId: string,
    { client: kept, claim }: { readonly client: ClaimedClient; readonly claim: Claim },
    lookAt: number,
  ): void => {
    const client = clients.get(contactId) ?? { kept, lookAt, claims: new Map() };
    client.kept = kept;
    client.claims.set(claim.press, claim);
    sooner(client, lookAt);
    clients.set(contactId, client);
  };
  const sooner = (client: Client, at: number): void => {
    client.lookAt = Math.min(client.lookAt ?? at, at);
  };
  function grant(employeeId: string, one: ClaimRequest, now: number): GrantAnswer {
    const seconds = now / 1000;
    const client = clients.get(one.contactId);
    const earlier = client?.claims.get(client.kept.hold?.press ?? '');
    const holds = [...clients.values()].map(({ kept }) => kept.hold);
    const open = holds.filter(hold => hold?.by === employeeId && hold.until > seconds).length;
    const known = client?.claims.get(one.press);
    const { answer, changed } = decideGrant(client?.kept ?? null, earlier, known, one, {
      employeeId,
      seconds,
      open,
    });
    if (changed) keep(one.contactId, changed, now + (GRANT_SECONDS + 1) * 1000);
    return answer;
  }
  return {
    async grant(_account, employeeId, asked, now) {
      return asked.map(one => grant(employeeId, one, now));
    },
    async report(_account, employeeId, reports, now) {
      for (const one of reports) {
        const client = clients.get(one.contactId);
        const known = client?.claims.get(one.press);
        const kept = recordReport(client?.kept ?? null, known, one, { employeeId, seconds: now / 1000 });
        if (kept) keep(one.contactId, kept, now);
      }
    },
    async reportFirst(_account, employeeId, one, now) {
      const client = clients.get(one.contactId);
      const known = client?.claims.get(one.press);
      if (!known || known.outcome === 'written' || known.outcome === 'unknown') return false;
      const kept = recordReport(client?.kept ?? null, known, one, { employeeId, seconds: now / 1000 });
      if (kept) keep(one.contactId, kept, now);
      return kept !== null;
    },
    async of(_account, contactId) {
      const client = clients.get(contactId);
      if (!client) return null;
      const { ledger, version } = client.kept;
      return { ledger, version, claims: [...client.claims.values()] };
    },
    async saveJudgement(_account, contactId, { ledger, version, states, lookAt }) {
      const client = clients.get(contactId);
      if (!client) return;
      if (client.kept.version !== version) {
        client.lookAt = 0;
        return;
      }
      client.kept = { ...client.kept, ledger };
      if (lookAt !== null) sooner(client, lookAt);
      for (const [press, state] of states) {
        const claim = client.claims.get(press);
        if (claim) client.claims.set(press, { ...claim, state });
      }
    },
    async lookAgain(_account, contactId, at) {
      const client = clients.get(contactId);
      if (client) sooner(client, at);
    },
    async saveRepair(_account, contactId, repair) {
      clients.get(contactId)?.claims.set(repair.press, repair);
    },
    async due(now) {
      const found = [...clients].filter(([, { lookAt }]) => lookAt !== null && lookAt <= now);
      return found.map(([contactId, client]) => {
        client.lookAt = null;
        return { accountId: '1', contactId };
      });
    },
  };
}
