/**
 * A CRM, a server that judges, and browsers, on fake timers. Everything between them may be slow, lost or late. A page may
 * die at any of its calls, and the browser's next page takes up what it stored.
 */
import { vi } from 'vitest';
import type {
  ClaimStatus,
  ClaimsServer,
  ClaimReport,
  GrantAnswer,
} from '../../../../widget/account/claim.ts';
import { createClaiming, type Claiming } from '../../../../widget/seller/claim/claiming.ts';
import { NO_PLAN, type Running } from '../../../../widget/seller/claim/press.ts';
import type { Contact } from '../../../../widget/host/host.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { memoryStorage } from '../../admin/panel/memory-storage.ts';

export const NOBODY = 'nobody';
/** How long a request or an answer takes. */
export const WAY_MS = 40;
const TIMEOUT_MS = 8000;
const GRANT_MS = 30_000;

const sleep = (ms: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, ms);
  });
const never = (): Promise<never> => new Promise(() => undefined);

/** What happens to a call. `lost`: it arrives, perhaps late, but its answer does not. */
export type Weather = {
  readonly ms?: number;
  readonly fails?: Failure;
  readonly lost?: true;
  readonly arrivesAfter?: number;
};
type Change = { readonly by: string; readonly before: string; readonly after: string; readonly at: number };
type Row = ClaimReport & { readonly by: string; state: ClaimStatus['state']; grantedAt: number };

export class Office {
  readonly owners = new Map<string, string>();
  readonly log = new Map<string, Change[]>();
  /** The authors of writes, in order. */
  readonly writes: string[] = [];
  readonly rows = new Map<string, Row>();
  isServerDown = false;
  /** How far a browser's clock is ahead of the CRM's. */
  clockError = 0;

  ownerOf(contactId: string): string {
    return this.owners.get(contactId) ?? NOBODY;
  }

  get seconds(): number {
    return Math.floor((Date.now() - this.clockError) / 1000);
  }

  record(by: string, contactId: string, after: string): void {
    const before = this.ownerOf(contactId);
    if (before === after) return;
    this.owners.set(contactId, after);
    this.log.set(contactId, [...(this.log.get(contactId) ?? []), { by, before, after, at: this.seconds }]);
  }

  contact(id: string): Contact {
    const ownerId = this.ownerOf(id);
    return { id, name: '', ownerId, phones: [], dealIds: [], address: '', readAt: this.seconds };
  }

  grant(by: string, { press, contact, ...claim }: Omit<ClaimReport, 'at' | 'outcome'>): GrantAnswer {
    const isOpen = (row: Row): boolean => row.state === 'granted' && Date.now() - row.grantedAt < GRANT_MS;
    const holder = [...this.rows.values()].find(
      row => row.contact === contact && row.by !== by && isOpen(row),
    );
    if (holder) return { press, kind: 'held', by: holder.by };
    const asked = { ...claim, press, contact, at: this.seconds, outcome: 'unknown' as const };
    if (!this.rows.has(press))
      this.rows.set(press, { ...asked, by, state: 'granted', grantedAt: Date.now() });
    return { press, kind: 'granted', by: null };
  }

  report(by: string, claim: ClaimReport): ClaimStatus {
    const known = this.rows.get(claim.press);
    const state = known && !['granted', 'released'].includes(known.state) ? known.state : 'judging';
    const row: Row = { ...claim, by, state, grantedAt: known?.grantedAt ?? 0 };
    if (claim.outcome === 'stopped') row.state = 'released';
    this.rows.set(claim.press, row);
    return this.look(row);
  }

  /** The first change away from the owner that the page showed wins. A later one is void, and the server repairs it. */
  look(row: Row): ClaimStatus {
    const log = (this.log.get(row.contact) ?? []).filter(({ at }) => at >= row.at);
    const first = log.find(({ before }) => before === row.base);
    if (row.state === 'judging' && first) {
      row.state = first.by === row.by && first.after === row.to ? 'stands' : 'void';
      if (row.state === 'void' && log.at(-1)?.by === row.by) this.record('server', row.contact, first.after);
    }
    return {
      ...row,
      owner: first?.after ?? row.base,
      since: first?.at ?? null,
      chat: { kind: row.state === 'judging' ? 'waiting' : 'known', notNumbers: [] },
      followUps: [],
    };
  }
}

/** One person's browser. Its pages come and go, and its storage stays. */
export class Browser {
  readonly me: string;
  readonly storage = memoryStorage();
  /** The names of all calls, in order. */
  calls: string[] = [];
  /** What happens to the next calls, by their name. */
  readonly weather: Record<string, Weather[]> = {};
  /** The page dies at this call, before it is sent or before its answer arrives. */
  diesAt: { readonly call: number; readonly when: 'before' | 'after' } | null = null;
  claiming: Claiming;
  wake: () => void = () => undefined;
  private page = 0;
  private readonly office: Office;
  private readonly hasServer: boolean;

  constructor(office: Office, me: string, hasServer = true) {
    this.office = office;
    this.me = me;
    this.hasServer = hasServer;
    this.claiming = this.open();
  }

  /** Opens a new page in place of the old one, which no longer sends or receives anything. */
  reload(): void {
    this.page += 1;
    this.claiming = this.open();
  }

  /** Opens a second page beside the first. */
  open(): Claiming {
    const { office, me, page } = this;
    const isOpen = (): boolean => page === this.page;
    const call = async <T>(name: string, answer: () => T, isDue = (): boolean => true): Promise<T> => {
      if (!isOpen()) return never();
      const at = this.calls.length + 1;
      const dieIf = (when: 'before' | 'after'): void => {
        if (this.diesAt?.call !== at || this.diesAt.when !== when) return;
        this.diesAt = null;
        this.reload();
      };
      dieIf('before');
      if (!isOpen()) return never();
      this.calls.push(name);
      const { ms = WAY_MS, fails, lost, arrivesAfter } = this.weather[name]?.shift() ?? {};
      const isDown = office.isServerDown && (name === 'grant' || name === 'report' || name === 'latest');
      await sleep(ms);
      if (!isOpen() && name !== 'write') return never();
      // Checked right before it leaves the page.
      if (!isDue()) throw new Failure('cancelled', 'crm');
      if (isDown) throw new Failure('no-answer', 'chat');
      if (fails) throw fails;
      if (arrivesAfter !== undefined) setTimeout(answer, arrivesAfter);
      const answered = arrivesAfter === undefined ? answer() : null;
      dieIf('after');
      await sleep(lost || answered === null ? TIMEOUT_MS : ms);
      if (!isOpen()) return never();
      if (lost || answered === null) throw new Failure('timeout', 'crm');
      return answered;
    };
    const write = (ids: readonly string[], to: string, isDue?: () => boolean): Promise<readonly string[]> =>
      call(
        'write',
        () => {
          office.writes.push(...ids.map(() => me));
          ids.forEach(id => office.record(me, id, to));
          return ids;
        },
        isDue,
      );
    const read = (ids: readonly string[]): Promise<readonly Contact[]> =>
      call('read', () => ids.map(id => office.contact(id)));
    const server: ClaimsServer = {
      grant: claims => call('grant', () => claims.map(claim => office.grant(me, claim))),
      report: claims => call('report', () => claims.map(claim => office.report(me, claim))),
      latest: contactId =>
        call('latest', () => {
          const row = [...office.rows.values()].findLast(one => one.contact === contactId && one.by === me);
          return row ? office.look(row) : null;
        }),
    };
    return createClaiming({
      crm: {
        contact: async id => firstOf(await read([id])),
        contacts: read,
        setOwner: async (id, to, isDue) => void (await write([id], to, isDue)),
        setOwners: write,
      },
      server: this.hasServer ? server : null,
      me,
      storage: () => {
        if (!isOpen()) throw new Error('The page is gone');
        return this.storage;
      },
      key: 'claims',
      onWake: listener => {
        this.wake = listener;
        return () => {
          this.wake = () => undefined;
        };
      },
    });
  }

  /** Claims clients that the page shows as free, or as `base`'s. */
  press(contactIds: string | readonly string[], base = NOBODY, to = this.me): readonly Running[] {
    return this.claiming.press(
      to,
      [contactIds].flat().map(contactId => ({ contactId, base, plan: NO_PLAN })),
    );
  }
}

function firstOf<T>([first]: readonly T[]): T {
  if (!first) throw new Error('Nothing was read');
  return first;
}

export const MINUTE = 60_000;
export const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
export function only(running: readonly Running[]): Running {
  const [one] = running;
  if (!one) throw new Error('Nothing was pressed');
  return one;
}
/** How many reports are stored because the server does not have them yet. */
export const kept = ({ storage }: Browser): number => storage.length;
