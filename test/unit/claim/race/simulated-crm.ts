/**
 * A CRM of one contact in simulated time: the last write wins, the log tells true, and everything between a seller and
 * the CRM may be late, lost or doubled. It also keeps what no seller can see: whose the client is by right, that is
 * what would have happened had each claim counted only while its owner still had the client.
 */
import type { Contact, OwnerChange } from '../../../../widget/host/host.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import type { ClaimCrm } from '../../../../widget/claim/race/record.ts';

/** Clients whom nobody has taken are theirs. */
export const NOBODY = 'nobody';

/** What happens to a seller's next write. Milliseconds. */
export type Weather = {
  readonly late?: number;
  readonly isAnswerLost?: boolean;
  readonly againAfter?: number;
};

type Recorded = OwnerChange & { readonly readableFrom: number };

/** How long a request is on its way, each way. */
export const READ_MS = 40;
export const TIMEOUT_MS = 8000;
/** Any moment: seconds are whole in the log, so the clock starts in the middle of one. */
const START_MS = 1_700_000_000_400;

/** Time in which nothing passes by itself. */
export class SimulatedClock {
  now = START_MS;
  private readonly due: { at: number; order: number; run: () => void }[] = [];
  private made = 0;

  after(ms: number, run: () => void): void {
    this.made += 1;
    this.due.push({ at: this.now + ms, order: this.made, run });
  }

  /** Lets time pass until nothing is left to happen, or for so long. */
  async pass(ms = Infinity): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      await new Promise(setImmediate);
      const next = this.takeNext(end);
      if (!next) break;
      this.now = next.at;
      next.run();
    }
    if (end !== Infinity) this.now = end;
  }

  private takeNext(end: number) {
    let best: (typeof this.due)[number] | undefined;
    for (const one of this.due) {
      if (one.at <= end && (!best || one.at < best.at || (one.at === best.at && one.order < best.order)))
        best = one;
    }
    if (best) this.due.splice(this.due.indexOf(best), 1);
    return best;
  }
}

export class SimulatedCrm {
  owner = NOBODY;
  right = NOBODY;
  lagMs = 0;
  requests = 0;
  readonly writes = { claims: 0, repairs: 0 };
  readonly log: Recorded[] = [];
  private rightSince = 0;
  private readonly clock: SimulatedClock;
  private readonly contactId: string;

  constructor(clock = new SimulatedClock(), contactId = 'c') {
    this.clock = clock;
    this.contactId = contactId;
  }

  get now(): number {
    return this.clock.now;
  }

  after(ms: number, run: () => void): void {
    this.clock.after(ms, run);
  }

  readonly sleep = (ms: number): Promise<void> => new Promise(resolve => this.after(ms, resolve));
  readonly pass = (ms?: number): Promise<void> => this.clock.pass(ms);

  private isNowOf(owner: string): void {
    this.right = owner;
    this.rightSince = Math.floor(this.now / 1000);
  }

  /** `basedOn` is there for claims: what the seller saw. */
  record(by: string, after: string, basedOn?: string): void {
    const at = Math.floor(this.now / 1000);
    const isTooSoon = basedOn !== NOBODY && at - this.rightSince <= 60;
    if (basedOn !== undefined && basedOn === this.right && !isTooSoon) this.isNowOf(after);
    const before = this.owner;
    if (before === after) return;
    this.owner = after;
    this.log.push({
      // Like the CRM's own ids: by time, and by chance within a millisecond.
      id: `${String(this.now).slice(-10)}${String((this.log.length * 7919) % 1000).padStart(16, '0')}`,
      contactId: this.contactId,
      at,
      by,
      before,
      after,
      readableFrom: this.now + this.lagMs,
    });
  }

  /** An admin, a robot or a colleague gives the client to somebody. To whom the CRM shows already, it is no change. */
  order(by: string, to: string): void {
    if (this.owner === to) return;
    this.isNowOf(to);
    this.record(by, to);
  }

  /** As it reads at this moment. */
  contact(): Contact {
    const readAt = Math.floor(this.now / 1000);
    return {
      id: this.contactId,
      name: '',
      ownerId: this.owner,
      phones: [],
      dealIds: [],
      address: '',
      readAt,
    };
  }

  /** The newest first. */
  changesSince(since: number): readonly OwnerChange[] {
    return this.log.filter(({ at, readableFrom }) => at >= since && readableFrom <= this.now).toReversed();
  }

  /** The CRM as one seller reaches it. */
  through(
    seller: string,
    basis: () => string,
    nextWeather: () => Weather,
    onRead: (right: string) => void,
  ): ClaimCrm {
    const contact = async (): Promise<Contact> => {
      this.requests += 1;
      await this.sleep(READ_MS);
      onRead(this.right);
      const found = this.contact();
      await this.sleep(READ_MS);
      return found;
    };
    return {
      contact,
      ownerChangesOf: async (_ids, since) => {
        this.requests += 1;
        await this.sleep(READ_MS);
        const found = this.changesSince(since);
        await this.sleep(READ_MS);
        return found;
      },
      setOwner: async (_id, to) => {
        this.requests += 1;
        const { late = READ_MS, isAnswerLost = late > TIMEOUT_MS, againAfter } = nextWeather();
        const write = (): void => this.record(seller, to, to === seller ? basedOn : undefined);
        const basedOn = basis();
        this.writes[to === seller ? 'claims' : 'repairs'] += 1;
        this.after(late, write);
        if (againAfter !== undefined) this.after(late + againAfter, write);
        await this.sleep(isAnswerLost ? TIMEOUT_MS : late + READ_MS);
        if (isAnswerLost) throw new Failure('timeout', 'crm');
      },
    };
  }
}
