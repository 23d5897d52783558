/**
 * Tabs of one browser that share an outbox, in a time of their own, over a CRM whose feed is a list. A tab may die in the
 * middle of anything; its locks are freed then, as a browser does.
 */
import { amocrmRecords } from '../../../../widget/host/amocrm/records.ts';
import type { Contact, HostRecords } from '../../../../widget/host/host.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { followUpSteps } from '../../../../widget/claim/follow-up/steps.ts';
import type { Outbox } from '../../../../widget/claim/follow-up/follow-up.ts';
import { outboxStore } from '../../../../widget/claim/follow-up/outbox-store.ts';
import { turns, type Locks } from '../../../../widget/claim/follow-up/outbox-turn.ts';
import { createOutbox } from '../../../../widget/claim/follow-up/outbox.ts';
import { memoryStorage } from '../../settings/memory-storage.ts';

export const ME = '8002';
export const ACCOUNT = { account: '31', person: ME };

/** What becomes of one write. `late`: no answer, and it arrives half a minute later. */
export const FAULTS = [
  'none',
  'busy',
  'down',
  'refused',
  'lost',
  'late',
  'dies-before',
  'dies-after',
] as const;
export type Fault = (typeof FAULTS)[number];

export type Tab = { readonly outbox: Outbox; readonly die: () => void };
export type Tabs = ReturnType<typeof simulatedTabs>;

/** `latency`: milliseconds that each write takes. */
export function simulatedTabs({
  faults = [],
  isLocking = true,
  latency = 0,
}: {
  faults?: Fault[];
  isLocking?: boolean;
  latency?: number;
}) {
  let time = Date.UTC(2026, 10, 2, 9);
  let randomness = 7;
  let alarms: { readonly at: number; readonly ring: () => void }[] = [];
  const kept = new Map<string, string>();
  const storage = memoryStorage(kept);
  const waiting = [...faults];
  const notes: { text: string; byId: string }[] = [];
  const answers: string[] = [];
  const locked = new Map<string, symbol>();

  const now = (): number => time;
  const random = (): number => {
    randomness = (randomness * 16_807) % 2_147_483_647;
    return randomness / 2_147_483_647;
  };
  const never = new Promise<never>(() => undefined);

  function open(lent: () => Storage = () => storage): Tab {
    const tab = Symbol('tab');
    let isAlive = true;
    const after = (milliseconds: number, then: () => void) => {
      const alarm = { at: time + milliseconds, ring: () => isAlive && then() };
      alarms.push(alarm);
      return () => {
        alarms = alarms.filter(one => one !== alarm);
      };
    };
    const pause = (milliseconds: number): Promise<void> =>
      new Promise(resolve => {
        after(milliseconds, resolve);
      });
    const die = (): void => {
      isAlive = false;
      for (const [name, holder] of locked) if (holder === tab) locked.delete(name);
    };
    const request: Locks['request'] = async (name, _options, work) => {
      if (!isAlive) return never;
      if (locked.has(name)) return work(null);
      locked.set(name, tab);
      try {
        return await work({ name, mode: 'exclusive' });
      } finally {
        if (locked.get(name) === tab) locked.delete(name);
      }
    };
    const write = async (happens: () => void): Promise<void> => {
      if (!isAlive) return never;
      const fault = waiting.shift() ?? 'none';
      if (latency > 0) await pause(latency);
      switch (fault) {
        case 'busy':
          throw new Failure('too-many', 'crm', { retryAfterMs: 20_000 });
        case 'refused':
          throw new Failure('refused', 'crm');
        case 'down':
          throw new Failure('no-answer', 'crm');
        case 'dies-before':
          die();
          return never;
        case 'late':
          alarms.push({ at: time + 30_000, ring: happens });
          throw new Failure('timeout', 'crm');
        case 'none':
        case 'lost':
        case 'dies-after':
          happens();
      }
      if (fault === 'lost') throw new Failure('timeout', 'crm');
      if (fault === 'dies-after') {
        die();
        return never;
      }
    };
    const contact: Contact = {
      id: '1',
      name: 'Anna',
      ownerId: ME,
      phones: [],
      dealIds: [],
      address: '',
      readAt: 0,
    };
    const records: HostRecords = {
      ...amocrmRecords({ origin: 'https://crm.invalid', integrationId: '' }),
      contact: () => (isAlive ? Promise.resolve(contact) : never),
      addNote: (_, text) => write(() => void notes.push({ text, byId: ME })),
      notes: () => (isAlive ? Promise.resolve([...notes]) : never),
      completeTask: taskId => write(() => void answers.push(taskId)),
    };
    const outbox = createOutbox({
      store: outboxStore(lent, ACCOUNT),
      takeTurn: turns({
        locks: isLocking ? { request } : undefined,
        storage: lent,
        scope: 'one',
        now,
        pause,
      }),
      perform: followUpSteps({
        records,
        chat: null,
        me: ME,
        nameOf: () => undefined,
        now,
      }),
      now,
      after,
      random,
    });
    outbox.start();
    return { outbox, die };
  }

  const flush = (): Promise<void> =>
    new Promise(resolve => {
      setImmediate(resolve);
    });
  return {
    open,
    kept,
    notes,
    answers,
    flush,
    /** Lets that much time go by, alarm after alarm. */
    async pass(milliseconds: number) {
      const end = time + milliseconds;
      await flush();
      for (;;) {
        const next = alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        alarms = alarms.filter(one => one !== next);
        time = Math.max(time, next.at);
        next.ring();
        await flush();
      }
      time = end;
    },
  };
}
