/**
 * Notifies administrators of trouble where they work: with a task in the CRM, at once and then daily while the trouble lasts.
 * There is one task for each kind of trouble. A notice in the settings would be missed, because they may stay closed for
 * months.
 *
 * The row is marked before the task is written. If the instance dies in between, the next one first looks in the CRM for the
 * task.
 */
import * as v from 'valibot';
import type { Grants } from '../accounts/grant.ts';
import type { CrmOf } from '../crm/by-account.ts';
import type { CrmTasks } from '../crm/tasks.ts';
import { CrmUnavailable } from '../crm/unanswered.ts';
import type { Database } from '../store/database.ts';
import { alarmKinds, type AlarmKind, type ToldKind, type Trouble } from './kind.ts';
import type { Troubles } from './trouble.ts';
import { alarmText, markOf, overText } from './words.ts';

export type Alarms = {
  /** Accounts to check now. */
  readonly due: () => Promise<readonly string[]>;
  readonly look: (accountId: string, leaving: AbortSignal) => Promise<void>;
};

export type AlarmsGiven = {
  readonly database: Database;
  readonly troubles: Troubles;
  readonly crmOf: CrmOf;
  readonly grants: Pick<Grants, 'grantOwner'>;
  /** Called when trouble begins that was not there before. */
  readonly began: (accountId: string, kind: AlarmKind) => void;
  readonly now: () => Date;
};

const MINUTE_MILLISECONDS = 60_000;
/** Longer than a notification takes. */
const TELLING_MINUTES = 3;
/** The pause when the CRM refuses the task, or when there is no administrator to notify. */
const REFUSED_MINUTES = 60;
const DAY_MINUTES = 24 * 60;
/**
 * The pause before the next reminder. A plan without hooks stays one: trouble that no administrator can fix is reported once.
 */
const AGAIN_MINUTES: Readonly<Record<ToldKind, number>> = {
  'key-refused': DAY_MINUTES,
  'channel-down': DAY_MINUTES,
  shared: DAY_MINUTES,
  'roles-ended': DAY_MINUTES,
  'hooks-off': 10 * 365 * DAY_MINUTES,
  late: DAY_MINUTES,
  fought: DAY_MINUTES,
};
/** The task is due soon, so that it is seen soon. */
const DUE_MINUTES = 15;

const names = v.array(v.string());

type Alarm = Trouble & {
  readonly accountId: string;
  /** A notification was started, so the CRM may have a task that the row does not name. */
  readonly isBeingTold: boolean;
  readonly taskId: string | null;
};
type Notifying = { readonly tasks: CrmTasks; readonly country: string | null; readonly leaving: AbortSignal };

export function createAlarms({ database, troubles, crmOf, grants, began, now }: AlarmsGiven): Alarms {
  const inMinutes = (minutes: number): Date => new Date(now().getTime() + minutes * MINUTE_MILLISECONDS);
  const rowOf = ({ accountId, kind }: { readonly accountId: string; readonly kind: AlarmKind }) =>
    database.updateTable('alarm').where('accountId', '=', accountId).where('kind', '=', kind);

  async function alarmsOf(accountId: string): Promise<readonly Alarm[]> {
    const rows = await database
      .selectFrom('alarm')
      .selectAll()
      .where('accountId', '=', accountId)
      .where('kind', '!=', 'needs-reauth')
      .execute();
    return rows.flatMap(row => {
      const kind = v.parse(alarmKinds, row.kind);
      return kind === 'needs-reauth' ? [] : [{ ...row, kind, channels: v.parse(names, row.channels) }];
    });
  }

  async function begin(
    accountId: string,
    { kind, channels }: { readonly kind: AlarmKind; readonly channels: readonly string[] },
  ): Promise<void> {
    const values = { accountId, kind, channels: JSON.stringify(channels), beganAt: now(), nextAt: now() };
    const isNew = await database
      .insertInto('alarm')
      .values(values)
      .onConflict(conflict => conflict.columns(['accountId', 'kind']).doNothing())
      .returning('kind')
      .executeTakeFirst();
    if (isNew) began(accountId, kind);
  }

  const forget = (accountId: string, kind: AlarmKind) =>
    database.deleteFrom('alarm').where('accountId', '=', accountId).where('kind', '=', kind).execute();

  /** An administrator who is active: the one whose grant the server uses, if they are. */
  async function administrator(accountId: string, leaving: AbortSignal): Promise<string | null> {
    const [grantOwner, users] = await Promise.all([
      grants.grantOwner(accountId),
      crmOf(accountId).then(crm => crm.lists(accountId, leaving).users()),
    ]);
    const working = users.filter(({ isActive, isAdmin }) => isActive && isAdmin);
    return (working.find(({ id }) => id === grantOwner) ?? working[0])?.id ?? null;
  }

  /** The open task about this trouble; null when there is none. */
  async function openTask(
    { kind, taskId, isBeingTold }: Alarm,
    adminId: string | null,
    { tasks }: Notifying,
  ) {
    if (taskId !== null && (await tasks.isOpen(taskId))) return taskId;
    return isBeingTold && adminId !== null ? tasks.findOpen(adminId, markOf(kind)) : null;
  }

  async function notify(alarm: Alarm, notifying: Notifying): Promise<void> {
    const isMine = await rowOf(alarm)
      .set({ isBeingTold: true, nextAt: inMinutes(TELLING_MINUTES) })
      .where('nextAt', '<=', now())
      .returning('kind')
      .executeTakeFirst();
    if (!isMine) return;
    const adminId = await administrator(alarm.accountId, notifying.leaving);
    const text = alarmText(notifying.country, alarm);
    const open = await openTask(alarm, adminId, notifying);
    if (open !== null) await notifying.tasks.remind(open, text, inMinutes(DUE_MINUTES));
    const taskId = open ?? (adminId && (await notifying.tasks.write(adminId, text, inMinutes(DUE_MINUTES))));
    await rowOf(alarm)
      .set(
        taskId === null
          ? { isBeingTold: false, nextAt: inMinutes(REFUSED_MINUTES) }
          : { isBeingTold: false, nextAt: inMinutes(AGAIN_MINUTES[alarm.kind]), toldAt: now(), taskId },
      )
      .execute();
  }

  /** Completes the task, so that no administrator keeps one about trouble that is over. */
  async function end(alarm: Alarm, notifying: Notifying): Promise<void> {
    const adminId = alarm.isBeingTold ? await administrator(alarm.accountId, notifying.leaving) : null;
    const open = await openTask(alarm, adminId, notifying);
    if (open !== null) await notifying.tasks.complete(open, overText(notifying.country));
    await forget(alarm.accountId, alarm.kind);
  }

  return {
    due: troubles.due,
    async look(accountId, leaving) {
      const account = await database
        .selectFrom('account')
        .select(['state', 'country'])
        .where('id', '=', accountId)
        .executeTakeFirst();
      if (account?.state === 'needs-reauth') await begin(accountId, { kind: 'needs-reauth', channels: [] });
      if (account?.state !== 'active') return;
      await forget(accountId, 'needs-reauth');
      const notifying = {
        tasks: (await crmOf(accountId)).tasks(accountId, leaving),
        country: account.country,
        leaving,
      };
      const before = await alarmsOf(accountId);
      const found = await troubles.of(accountId, before, leaving);
      const isFound = new Set(found.map(({ kind }) => kind));
      for (const { kind, channels } of found)
        if (before.some(alarm => alarm.kind === kind))
          await rowOf({ accountId, kind })
            .set({ channels: JSON.stringify(channels) })
            .execute();
        else await begin(accountId, { kind, channels });
      const over = before.filter(({ kind }) => !isFound.has(kind));
      const wrong = (await alarmsOf(accountId)).filter(({ kind }) => isFound.has(kind));
      // When the CRM does not answer, the row stays as it is, and the next check tries again.
      for (const alarm of over) await unlessCrmIsSilent(end(alarm, notifying));
      for (const alarm of wrong) await unlessCrmIsSilent(notify(alarm, notifying));
    },
  };
}

async function unlessCrmIsSilent(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof CrmUnavailable)) throw error;
  });
}
