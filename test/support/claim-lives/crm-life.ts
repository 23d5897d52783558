/**
 * One client in the CRM: the owner, and the log of owners, parts of which become readable later. The intent of each
 * write is known here, and so is the rightful owner. The server sees only the log.
 */
import type { OwnerEvent } from '../../../server/crm/owners.ts';
import type { Accidents, Chance } from './chance.ts';
import { truthOf, type Meant } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Write = OwnerEvent & {
  readonly meant: Meant;
  /** When the entry becomes readable in the log. */
  readonly shownAt: number;
  /** When its hook arrives, or never if it is lost. Milliseconds, like `moment`. */
  readonly heardAt: number;
  readonly moment: number;
};

export type CrmLife = ReturnType<typeof crmLife>;

export function crmLife(
  { random, happens }: Chance,
  {
    time,
    accidents,
    base,
    hook,
  }: {
    readonly time: VirtualTime;
    readonly accidents: Accidents;
    readonly base: string;
    readonly hook: () => void;
  },
) {
  const log: Write[] = [];
  let owner: string | null = base;
  return {
    owner: () => owner,
    log: (): readonly Write[] => log,
    readable: (since: number): readonly OwnerEvent[] =>
      log.filter(({ at, shownAt }) => at >= since && shownAt <= time.now()).reverse(),
    write(by: string, to: string, meant: Meant): void {
      if (owner === to) return;
      const moment = time.now();
      const shownAt = moment + random() * accidents.logLag;
      const heardAt = happens(accidents.lostHooks) ? Infinity : moment + 100 + random() * 1500;
      log.push({
        id: `${String(Math.floor(time.now())).slice(-10)}-${String(log.length).padStart(6, '0')}`,
        by,
        before: owner,
        after: to,
        at: Math.floor(time.now() / 1000),
        meant,
        shownAt,
        heardAt,
        moment,
      });
      owner = to;
      if (heardAt < Infinity) time.at(heardAt - moment, hook);
    },
    truth: () => truthOf(base, log),
  };
}
