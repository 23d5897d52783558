/** Claims of one account, kept in the process: for stages without a database, and for models of many lives. */
import {
  GRANT_SECONDS,
  IDLE_SECONDS,
  MOST_GRANTS,
  QUIET_SECONDS,
  type Claim,
  type ClaimAsked,
  type GrantAnswer,
} from '../../server/claims/claim.ts';
import type { ClaimStore } from '../../server/claims/claim-store.ts';
import { SKEW_SECONDS, type Ledger } from '../../server/claims/judge.ts';

type Hold = { readonly press: string; readonly by: string; readonly until: number; readonly isFirm: boolean };
type Client = {
  ledger: Ledger;
  version: number;
  activeUntil: number;
  hold: Hold | null;
  lookAt: number | null;
  readonly claims: Map<string, Claim>;
};

export function claimsInMemory(): ClaimStore {
  const clients = new Map<string, Client>();
  const begin = (contactId: string, base: string | null, from: number, now: number): Client => {
    const known = clients.get(contactId);
    const ledger: Ledger = { base, from: from - SKEW_SECONDS, events: [] };
    const client: Client = known ?? {
      ledger,
      version: 0,
      activeUntil: 0,
      hold: null,
      lookAt: null,
      claims: new Map(),
    };
    const isQuiet = client.activeUntil < now / 1000;
    if (isQuiet || ledger.from < client.ledger.from) {
      client.ledger = ledger;
      client.version += 1;
    }
    client.activeUntil = now / 1000 + QUIET_SECONDS;
    clients.set(contactId, client);
    return client;
  };
  const sooner = (client: Client, at: number): void => {
    client.lookAt = Math.min(client.lookAt ?? at, at);
  };
  const isWritten = ({ told, state }: Claim): boolean =>
    told === 'written' || told === 'unknown' || state !== 'open';
  const openOf = (employeeId: string, now: number): number =>
    [...clients.values()].filter(({ hold }) => hold?.by === employeeId && hold.until > now / 1000).length;

  function grant(employeeId: string, one: ClaimAsked, now: number): GrantAnswer {
    const seconds = now / 1000;
    const { press, contactId, base, toId } = one;
    const before = clients.get(contactId);
    const hold = before?.hold;
    const isHeld = hold !== null && hold !== undefined && hold.until > seconds;
    if (isHeld && hold.by !== employeeId && hold.isFirm) return { press, kind: 'held', by: hold.by };
    if (!isHeld && openOf(employeeId, now) >= MOST_GRANTS) return { press, kind: 'too-many' };
    const earlier = hold ? before?.claims.get(hold.press) : undefined;
    const isIdle =
      hold?.by === employeeId &&
      hold.press !== press &&
      hold.until > seconds - IDLE_SECONDS &&
      earlier !== undefined &&
      !isWritten(earlier);
    const client = begin(contactId, base, Math.floor(seconds), now);
    client.hold = { press, by: employeeId, until: seconds + GRANT_SECONDS, isFirm: !isIdle };
    const from = Math.floor(seconds);
    client.claims.set(press, {
      press,
      kind: 'press',
      employeeId,
      base,
      toId,
      from,
      heardAt: from,
      told: null,
      state: 'open',
    });
    sooner(client, now + (GRANT_SECONDS + 1) * 1000);
    return { press, kind: 'granted' };
  }

  return {
    async grant(_account, employeeId, asked, now) {
      return asked.map(one => grant(employeeId, one, now));
    },
    async tell(_account, employeeId, told, now) {
      const heardAt = Math.floor(now / 1000);
      for (const { press, contactId, base, toId, outcome, at } of told) {
        const known = clients.get(contactId)?.claims.get(press);
        if (known && known.employeeId !== employeeId) continue;
        const from = known?.from ?? Math.min(at, heardAt);
        const client = known ? clients.get(contactId) : begin(contactId, base, from, now);
        if (!client) continue;
        client.activeUntil = heardAt + QUIET_SECONDS;
        const claim: Claim = known ?? {
          press,
          kind: 'press',
          employeeId,
          base,
          toId,
          from,
          heardAt,
          told: null,
          state: 'open',
        };
        const isStopped = outcome === 'stopped' && claim.state === 'open';
        client.claims.set(press, {
          ...claim,
          heardAt,
          told: outcome,
          state: isStopped ? 'released' : claim.state,
        });
        if (isStopped && client.hold?.press === press) client.hold = null;
        sooner(client, now);
      }
    },
    async of(_account, contactId) {
      const client = clients.get(contactId);
      return client
        ? { ledger: client.ledger, version: client.version, claims: [...client.claims.values()] }
        : null;
    },
    async settle(_account, contactId, { ledger, version, states, lookAt }) {
      const client = clients.get(contactId);
      if (!client) return;
      if (client.version === version) {
        client.ledger = ledger;
        if (lookAt !== null) sooner(client, lookAt);
      } else client.lookAt = 0;
      for (const [press, state] of states) {
        const claim = client.claims.get(press);
        if (claim) client.claims.set(press, { ...claim, state });
      }
    },
    async repairing(_account, contactId, repair) {
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
