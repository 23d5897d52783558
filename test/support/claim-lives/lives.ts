/**
 * One client, the CRM, the people who press and a server that may die, with random accidents between them, in virtual
 * time.
 */
import type { ClaimStore } from '../../../server/claims/claim-store.ts';
import type { judge } from '../../../server/claims/judge.ts';
import { chanceOf, type Accidents } from './chance.ts';
import { crmLife } from './crm-life.ts';
import { pageLife, type PageLife } from './page-life.ts';
import { serverLife, type LogOf } from './server-life.ts';
import type { VirtualTime } from './virtual-time.ts';

const NOBODY = '900';

export type Life = ReturnType<typeof createLife>;

export function createLife({
  time,
  seed,
  store,
  accidents,
  owner = NOBODY,
  judge: judged,
  logOf,
}: {
  readonly time: VirtualTime;
  readonly seed: number;
  readonly store: ClaimStore;
  readonly accidents: Accidents;
  readonly owner?: string | undefined;
  readonly judge?: typeof judge | undefined;
  readonly logOf?: LogOf | undefined;
}) {
  const chance = chanceOf(seed, time);
  const crm = crmLife(chance, { time, accidents, base: owner, hook: () => server.hint() });
  const server = serverLife(chance, { time, store, accidents, crm, judge: judged, logOf });
  const pages: PageLife[] = [];
  let presses = 0;
  return {
    ...chance,
    crm,
    server,
    page(me: string): PageLife {
      const newPress = (): string => `${me} ${(presses += 1)}`;
      const page = pageLife(chance, { me, time, store, accidents, crm, server, newPress });
      pages.push(page);
      return page;
    },
    /** Runs until nothing happens any more. By then dead pages have returned or never will. */
    async rest(): Promise<void> {
      time.at(chance.between([30_000, 60_000]), () => pages.forEach(page => page.reload()));
      void server.timers(14 * 60_000);
      await time.run(15 * 60_000);
    },
  };
}
