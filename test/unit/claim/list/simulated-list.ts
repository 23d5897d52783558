/** Many contacts of one simulated CRM, reached by lists: a list is read and written at one moment. */
import type { HostRecords, OwnerChange } from '../../../../widget/host/host.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import {
  NOBODY,
  READ_MS,
  SimulatedCrm,
  TIMEOUT_MS,
  type SimulatedClock,
  type Weather,
} from '../race/simulated-crm.ts';

export class SimulatedList {
  readonly requests: string[] = [];
  private readonly clock: SimulatedClock;
  private readonly contacts: ReadonlyMap<string, SimulatedCrm>;

  constructor(clock: SimulatedClock, count: number) {
    this.clock = clock;
    this.contacts = new Map(
      Array.from({ length: count }, (_, at) => [String(at), new SimulatedCrm(clock, String(at))]),
    );
  }

  private of(id: string): SimulatedCrm {
    const one = this.contacts.get(id);
    if (!one) throw new Error(`There is no contact ${id}`);
    return one;
  }

  readonly owners = (): readonly string[] => Array.from(this.contacts.values(), one => one.owner);
  readonly rightful = (): readonly string[] => Array.from(this.contacts.values(), one => one.right);
  readonly ownerOf = (id: string): string => this.of(id).owner;
  readonly lag = (ms: number): void => this.contacts.forEach(one => (one.lagMs = ms));

  /** Somebody whose page keeps to the protocol, too, and so takes free clients only. */
  card(by: string, id: string): void {
    if (this.of(id).owner === NOBODY) this.of(id).record(by, by, NOBODY);
  }

  /** A page that was left hears no answers and sends nothing any more. */
  through(
    seller: string,
    nextWeather: () => Weather,
    isOpen: () => boolean,
  ): Pick<HostRecords, 'contact' | 'contacts' | 'setOwner' | 'setOwners' | 'ownerChangesOf'> {
    const { clock, requests } = this;
    const pause = (ms: number): Promise<void> =>
      new Promise(resolve => clock.after(ms, () => isOpen() && resolve()));
    const ask = async <T>(name: string, answer: () => T): Promise<T> => {
      if (!isOpen()) return new Promise(() => undefined);
      requests.push(name);
      await pause(READ_MS);
      const found = answer();
      await pause(READ_MS);
      return found;
    };
    const contacts: HostRecords['contacts'] = ids => ask('read', () => ids.map(id => this.of(id).contact()));
    const setOwners: HostRecords['setOwners'] = async (ids, to) => {
      if (!isOpen()) return new Promise(() => undefined);
      requests.push('write');
      const { late = READ_MS, isAnswerLost = late > TIMEOUT_MS } = nextWeather();
      clock.after(late, () =>
        ids.forEach(id => this.of(id).record(seller, to, to === seller ? NOBODY : undefined)),
      );
      await pause(isAnswerLost ? TIMEOUT_MS : late + READ_MS);
      if (isAnswerLost) throw new Failure('timeout', 'crm');
      return ids;
    };
    return {
      contacts,
      setOwners,
      contact: async id => this.firstOf(await contacts([id])),
      setOwner: async (id, to) => void (await setOwners([id], to)),
      ownerChangesOf: (ids, since): Promise<readonly OwnerChange[]> =>
        ask('log', () => ids.flatMap(id => this.of(id).changesSince(since))),
    };
  }

  private firstOf<T>([first]: readonly T[]): T {
    if (!first) throw new Error('Nothing was read');
    return first;
  }
}
