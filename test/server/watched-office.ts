/** An account with a chat service, and the tasks in its CRM that report trouble. */
import { createMetrics } from '../../server/operations/metrics.ts';
import type { CrmTask } from '../world/activities.ts';
import { installedOffice, type Office } from './office.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const patient = (): AbortSignal => new AbortController().signal;

export type WatchedOffice = {
  readonly office: Office;
  readonly accountId: string;
  /** The work of one minute: looks at the account if it is due. */
  readonly minute: (leaving?: AbortSignal) => Promise<void>;
  /** The same after this many milliseconds. */
  readonly later: (milliseconds: number) => Promise<void>;
  readonly tasks: () => readonly CrmTask[];
  readonly open: () => readonly CrmTask[];
  /** Open tasks of one kind. */
  readonly about: (kind: string) => readonly CrmTask[];
  readonly refuseKey: () => void;
  readonly takeKey: () => void;
  readonly metrics: () => Promise<string>;
};

export async function watchedOffice(): Promise<WatchedOffice> {
  const office = await installedOffice();
  const { world, alarms } = office;
  const key = [...world.chat.keys].find(([, kind]) => kind === 'partner')?.[0] ?? '';
  const { id } = await office.open.database.selectFrom('account').select('id').executeTakeFirstOrThrow();
  async function minute(leaving = patient()): Promise<void> {
    for (const due of await alarms.due()) await alarms.look(due, leaving);
  }
  const tasks = (): readonly CrmTask[] => [...world.crm.tasks.values()];
  const open = (): readonly CrmTask[] => tasks().filter(task => !task.isCompleted);
  return {
    office,
    accountId: id,
    minute,
    async later(milliseconds) {
      world.clock.advance(milliseconds);
      await minute();
    },
    tasks,
    open,
    about: kind => open().filter(({ text }) => text.endsWith(`:${kind}]`)),
    refuseKey: () => void world.chat.keys.delete(key),
    takeKey: () => void world.chat.keys.set(key, 'partner'),
    metrics: () => createMetrics(office.open.database).text(),
  };
}
