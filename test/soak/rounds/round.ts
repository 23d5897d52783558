/** One round: five sellers want one client at once, and everything in the plan happens to them. */
import type { Stage } from '../../support/browser-stage.ts';
import { HEAD_OF_SALES, NOBODY } from '../../world/people.ts';
import type { Accident, Plan } from './plan.ts';
import type { ProcessSite } from './process-site.ts';
import type { Seat } from './seat.ts';

const ABSENT_MS = 70_000;
const BACK_MS = 1500;
/** After this time every planned accident has happened, or its press has ended before. */
const PLAYED_MS = 8000;

/** Returns the client's id once everything in the plan has happened. */
export async function played(
  stage: Stage,
  seats: readonly Seat[],
  server: ProcessSite,
  plan: Plan,
): Promise<number> {
  const { world } = stage;
  const { disturbances, oddities, clock, crm } = world;
  disturbances.clear();
  Object.assign(oddities, {
    eventLagMs: 0,
    lateMs: plan.lateMs,
    twiceMs: plan.twiceMs,
    hookDelayMs: plan.hookDelayMs,
  });
  const { id } = world.clientWrites({
    phone: `+7 916 ${String(1_000_000 + plan.seed)}`,
    name: `Client ${plan.seed}`,
  });
  if (plan.hasDeal) crm.addLead(`Deal ${plan.seed}`, [id], NOBODY);
  // Browsers killed or lost in an earlier round start again with this one.
  await Promise.all(seats.map((seat, at) => seat.show(id, at === plan.twoTabs ? 2 : 1)));
  oddities.eventLagMs = plan.logLagMs;
  plan.faults.forEach(({ on, happens }) => disturbances.add(on, happens));

  const befalling = plan.accidents.flatMap(accident => {
    const seat = seats[accident.seat];
    return seat ? [befallen(seat, accident, { id, clock })] : [];
  });
  const later = async (ms: number, act: () => unknown): Promise<void> => {
    await clock.wait(ms);
    await act();
  };
  const { order, serverKilledAt } = plan;
  await Promise.all([
    ...seats.flatMap((seat, at) =>
      seat.pages().map((page, tab) => later((plan.presses[at] ?? 0) + 50 * tab, () => seat.press(page))),
    ),
    ...befalling,
    serverKilledAt !== null && later(serverKilledAt, server.kill),
    order && later(order.at, () => crm.assignContact(HEAD_OF_SALES, id, seats[order.to]?.seller ?? NOBODY)),
  ]);
  // Delayed and repeated requests arrive before the round ends.
  const held = plan.faults.filter(one => !disturbances.waiting().some(({ on }) => on === one.on));
  if (held.some(({ happens }) => happens === 'late')) await clock.wait(plan.lateMs);
  if (held.some(({ happens }) => happens === 'twice')) await clock.wait(plan.twiceMs);
  return id;
}

/** If the press ends before the accident's step, nothing happens. */
async function befallen(
  seat: Seat,
  { step, how, isBackSoon }: Accident,
  { id, clock }: { readonly id: number; readonly clock: Stage['world']['clock'] },
): Promise<void> {
  const isReached = await Promise.race([
    new Promise<boolean>(resolve => seat.onStep(step, () => resolve(true))),
    clock.wait(PLAYED_MS).then(() => false),
  ]);
  if (!isReached) return;
  switch (how) {
    case 'reloaded':
      return seat.reload();
    case 'killed':
      await seat.kill();
      if (!isBackSoon) return;
      await clock.wait(BACK_MS);
      return seat.show(id, 1);
    case 'lost':
      return seat.lose();
    case 'offline':
      await seat.offline(true);
      await clock.wait(ABSENT_MS);
      return seat.offline(false);
    case 'asleep': {
      const wake = await seat.sleep();
      await clock.wait(ABSENT_MS);
      return wake();
    }
  }
}
