/**
 * The deliveries of an account's hooks: every change that a hook subscribed to is posted until the CRM switches the
 * hook off.
 */
import type { Change, Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import { createCourier, type Attempt, type Carry, type Courier, type Parcel } from './courier.ts';
import { isSwitchedOff, isValid, PATIENCE, waitAfter } from './hook-rules.ts';
import { tellings, type Hook, type HookAction, type Hooks } from './hooks.ts';
import type { Oddities } from './oddities.ts';

export type HookItem = { readonly action: HookAction; readonly change: Change };
/** Starts with one item; others join while it waits, up to `hookBatch`. */
export type HookContent = { readonly items: HookItem[] };
export type Delivery = Parcel<HookContent>;

export type Deliveries = Courier<HookContent> & {
  /** Addresses that the CRM switched off, and when. The CRM notifies the administrators. */
  readonly switchedOff: readonly { readonly destination: string; readonly at: number }[];
  /** Switches a hook off, as the CRM does after too many bad answers. */
  readonly switchOff: (destination: string) => void;
};

type Parts = {
  readonly hooks: Hooks;
  readonly changes: Changes;
  readonly oddities: Oddities;
  readonly mayTell: () => boolean;
  readonly carry: () => Carry<HookContent> | undefined;
  readonly changed: () => void;
};

export function createDeliveries(clock: Clock, parts: Parts): Deliveries {
  const { hooks, changes, oddities, carry } = parts;
  const switchedOff: { readonly destination: string; readonly at: number }[] = [];
  const answers = new Map<string, Attempt[]>();
  const hookAt = (destination: string): Hook | undefined =>
    hooks.all().find(hook => hook.destination === destination && !hook.disabled);

  const switchOff = (destination: string): void => {
    const hook = hookAt(destination);
    if (!hook) return;
    hook.disabled = true;
    switchedOff.push({ destination, at: clock.now() });
    parts.changed();
  };

  const courier = createCourier<HookContent>(clock, {
    patience: PATIENCE,
    isValid,
    waitAfter,
    carry,
    maySendTo: destination => hookAt(destination) !== undefined,
    lateMs: () => oddities.lateMs,
    attempted({ destination, attempts }) {
      const told = [...(answers.get(destination) ?? []), ...attempts.slice(-1)];
      answers.set(destination, told);
      if (isSwitchedOff(told, clock.now())) switchOff(destination);
      parts.changed();
    },
  });

  const tell = (destination: string, item: HookItem): void => {
    const here = courier.all.filter(one => one.destination === destination);
    if (oddities.hookWithinSecond === 'later-lost' && here.some(one => isToldOf(one, item))) return;
    const open = here.findLast(one => isOpenTo(one, item));
    if (open && open.content.items.length < oddities.hookBatch) open.content.items.push(item);
    else courier.post(destination, { items: [item] }, oddities.hookDelayMs);
  };
  const isOpenTo = ({ state, attempts, dueAt, content }: Delivery, { change }: HookItem): boolean =>
    state === 'waiting' &&
    attempts.length === 0 &&
    dueAt > clock.now() &&
    content.items[0]?.change.entity === change.entity;

  changes.listen(change => {
    if (!parts.mayTell()) return;
    for (const { destination, disabled, settings } of hooks.all()) {
      if (disabled) continue;
      for (const action of tellings(change, settings)) tell(destination, { action, change });
    }
  });

  return { ...courier, switchedOff, switchOff };
}

/** Whether it already reports another change of that record within the same second. */
const isToldOf = ({ content }: Delivery, { action, change }: HookItem): boolean =>
  content.items.some(
    item =>
      item.action === action &&
      item.change.entity === change.entity &&
      item.change.record.id === change.record.id &&
      Math.floor(item.change.at / 1000) === Math.floor(change.at / 1000),
  );
