/** One person's page while it claims a client. Its stored data survives it. */
import type { ClaimRequest, ClaimReport, GrantAnswer, WriteOutcome } from '../../../server/claims/claim.ts';
import type { ClaimStore } from '../../../server/claims/claim-store.ts';
import { ended, type Accidents, type Chance } from './chance.ts';
import type { CrmLife } from './crm-life.ts';
import { ACCOUNT, ANSWER_MS, CONTACT, type ServerLife } from './server-life.ts';
import type { Meant } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';

const PLAN = { deals: [], note: null, task: null, answer: null, undoes: null };
const ASK_MS = 3000;
/** The longest time between the request and the write. */
const FRESH_MS = 10_000;

export type PageLife = ReturnType<typeof pageLife>;

export function pageLife(
  { happens, between, random, network, way }: Chance,
  {
    me,
    time,
    store,
    accidents,
    crm,
    server,
    newPress,
  }: {
    readonly me: string;
    readonly time: VirtualTime;
    readonly store: ClaimStore;
    readonly accidents: Accidents;
    readonly crm: CrmLife;
    readonly server: ServerLife;
    readonly newPress: () => string;
  },
) {
  let isAlive = true;
  let isReachable = !happens(accidents.outOfReach);
  time.at(between([20_000, 3 * 60_000]), () => (isReachable = true));
  const kept = new Map<string, ClaimReport>();

  /** Lets other events happen first. */
  async function step(): Promise<void> {
    if (happens(accidents.deaths)) isAlive = false;
    if (!isAlive) return ended();
    if (accidents.sleep > 0 && random() < 0.3) await time.wait(random() * accidents.sleep);
  }
  async function tell(press: string): Promise<void> {
    let pause = 1000;
    do {
      const told = kept.get(press);
      if (!told) return;
      try {
        await server.reached(isReachable, () => store.report(ACCOUNT, me, [told], time.now()));
        server.hint();
        kept.delete(press);
        return;
      } catch {
        await time.wait(pause);
        pause = Math.min(pause * 2, 30_000);
      }
    } while (isLiving());
  }
  const isLiving = (): boolean => isAlive;

  async function claim(asked: ClaimRequest): Promise<WriteOutcome | 'held'> {
    for (;;) {
      await step();
      const begun = time.now();
      const answer = Promise.race([
        server.reached(isReachable, () => grant(asked)).catch(() => null),
        time.wait(ASK_MS).then(() => null),
      ]);
      await network();
      const shown = crm.owner();
      const at = Math.floor(time.now() / 1000);
      await network();
      await step();
      const [granted] = (await answer) ?? [];
      if (granted && granted.kind !== 'granted') return 'held';
      const told = { ...asked, at };
      if (shown !== asked.base) return ending({ ...told, outcome: 'stopped' });
      // The grant is too old, so another person may have the client by now.
      if (time.now() - begun > FRESH_MS) continue;
      kept.set(asked.press, { ...told, outcome: 'unknown' });
      const from = granted ? Math.floor(begun / 1000) : at;
      const isAnswered = await written(asked, { kind: 'press', press: asked.press, base: asked.base, from });
      await step();
      return ending({ ...told, outcome: isAnswered ? 'written' : 'unknown' });
    }
  }
  async function grant(asked: ClaimRequest): Promise<readonly GrantAnswer[]> {
    const { lateQuestions } = accidents;
    if (lateQuestions > 0 && random() < 0.5) await time.wait(between([0.2, 1]) * lateQuestions);
    return store.grant(ACCOUNT, me, [asked], time.now());
  }
  async function ending(told: ClaimReport): Promise<WriteOutcome> {
    kept.set(told.press, told);
    await step();
    await tell(told.press);
    return told.outcome;
  }
  /** Whether the CRM has answered. */
  async function written({ toId }: ClaimRequest, meant: Meant): Promise<boolean> {
    const late = happens(0.5) ? between([0.5, 1]) * accidents.lateWrites : 0;
    const arrives = (): void => crm.write(me, toId, meant);
    time.at(late + way(), arrives);
    if (happens(accidents.doubledWrites)) time.at(late + random() * 20_000, arrives);
    const isAnswered = !happens(accidents.lostAnswers) && late < ANSWER_MS;
    await time.wait(isAnswered ? late + 2 * way() : ANSWER_MS);
    return isAnswered;
  }

  return {
    /** `base` is the owner that the page shows; by default the CRM's current one. */
    press: (toId = me, base = crm.owner()): Promise<WriteOutcome | 'held'> =>
      claim({ press: newPress(), contactId: CONTACT, base, toId, plan: PLAN }),
    /** Sends the stored reports after a reload, unless the person never returns. */
    reload(): void {
      if (isAlive || happens(accidents.neverBack)) return;
      isAlive = true;
      for (const press of kept.keys()) void tell(press);
    },
  };
}
