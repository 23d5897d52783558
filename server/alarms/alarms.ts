/**
 * Administrators hear of trouble where they work: as a task in the CRM, at once and then daily while it lasts, one task for
 * each kind of trouble. Settings that nobody opens for months tell nobody.
 *
 * A row says that a task is about to be written before it is. If the instance dies in between, the next one looks in the CRM
 * whether the task is there before it writes another.
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
  /** Accounts that are to be looked at now. */
  readonly due: () => Promise<readonly string[]>;
  readonly look: (accountId: string, leaving: AbortSignal) => Promise<void>;
};

export type AlarmsGiven = {
  readonly database: Database;
  readonly troubles: Troubles;
  readonly crmOf: CrmOf;
  readonly grants: Pick<Grants, 'giver'>;
  /** Something is wrong that was not wrong before. */
  readonly began: (accountId: string, kind: AlarmKind) => void;
  readonly now: () => Date;
};

const MINUTE_MILLISECONDS = 60_000;
/** Longer than anybody takes to tell. */
const TELLING_MINUTES = 3;
/** The CRM did not take it, or nobody is there to be told. */
const REFUSED_MINUTES = 60;
const DAY_MINUTES = 24 * 60;
/** A plan without hooks stays one: what nobody can mend is said once. */
const AGAIN_MINUTES: Readonly<Record<ToldKind, number>> = {
  'key-refused': DAY_MINUTES,
  'channel-down': DAY_MINUTES,
  shared: DAY_MINUTES,
  'roles-ended': DAY_MINUTES,
  'hooks-off': 10 * 365 * DAY_MINUTES,
  late: DAY_MINUTES,
  fought: DAY_MINUTES,
};
/** A task that is due soon is seen soon. */
const DUE_MINUTES = 15;

const names = v.array(v.string());

type Alarm = Trouble & {
  readonly accountId: string;
  /** The CRM may have a task that no row names. */
  readonly isBeingTold: boolean;
  readonly taskId: string | null;
};
type Telling = { readonly tasks: CrmTasks; readonly country: string | null; readonly leaving: AbortSignal };

export function createAlarms({ database, troubles, crmOf, grants, began, now }: AlarmsGiven): Alarms {
  const inMinutes = (minutes: number): Date => new Date(now().getTime() + minutes * MINUTE_MILLISECONDS);
  const rowOf = ({ accountId, kind }: { readonly accountId: string; readonly kind: AlarmKind }) =>
    database.updateTable('alarm').where('accountId', '=', accountId).where('kind', '=', kind);

  async function standingOf(accountId: string): Promise<readonly Alarm[]> {
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

  /** An administrator who works here: the one whose grant the server uses, if they do. */
  async function administrator(accountId: string, leaving: AbortSignal): Promise<string | null> {
    const [giver, users] = await Promise.all([
      grants.giver(accountId),
      crmOf(accountId).then(crm => crm.lists(accountId, leaving).users()),
    ]);
    const working = users.filter(({ isActive, isAdmin }) => isActive && isAdmin);
    return (working.find(({ id }) => id === giver) ?? working[0])?.id ?? null;
  }

  /** The task about it that is still open. */
  async function openTask({ kind, taskId, isBeingTold }: Alarm, whom: string | null, { tasks }: Telling) {
    if (taskId !== null && (await tasks.isOpen(taskId))) return taskId;
    return isBeingTold && whom !== null ? tasks.findOpen(whom, markOf(kind)) : null;
  }

  async function tell(alarm: Alarm, telling: Telling): Promise<void> {
    const isMine = await rowOf(alarm)
      .set({ isBeingTold: true, nextAt: inMinutes(TELLING_MINUTES) })
      .where('nextAt', '<=', now())
      .returning('kind')
      .executeTakeFirst();
    if (!isMine) return;
    const whom = await administrator(alarm.accountId, telling.leaving);
    const text = alarmText(telling.country, alarm);
    const open = await openTask(alarm, whom, telling);
    if (open !== null) await telling.tasks.remind(open, text, inMinutes(DUE_MINUTES));
    const taskId = open ?? (whom && (await telling.tasks.write(whom, text, inMinutes(DUE_MINUTES))));
    await rowOf(alarm)
      .set(
        taskId === null
          ? { isBeingTold: false, nextAt: inMinutes(REFUSED_MINUTES) }
          : { isBeingTold: false, nextAt: inMinutes(AGAIN_MINUTES[alarm.kind]), toldAt: now(), taskId },
      )
      .execute();
  }

  /** Completes the task: nobody is left with one about what is over. */
  async function end(alarm: Alarm, telling: Telling): Promise<void> {
    const whom = alarm.isBeingTold ? await administrator(alarm.accountId, telling.leaving) : null;
    const open = await openTask(alarm, whom, telling);
    if (open !== null) await telling.tasks.complete(open, overText(telling.country));
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
      const telling = {
        tasks: (await crmOf(accountId)).tasks(accountId, leaving),
        country: account.country,
        leaving,
      };
      const before = await standingOf(accountId);
      const found = await troubles.of(accountId, before, leaving);
      const isFound = new Set(found.map(({ kind }) => kind));
      for (const { kind, channels } of found)
        if (before.some(alarm => alarm.kind === kind))
          await rowOf({ accountId, kind })
            .set({ channels: JSON.stringify(channels) })
            .execute();
        else await begin(accountId, { kind, channels });
      const over = before.filter(({ kind }) => !isFound.has(kind));
      const wrong = (await standingOf(accountId)).filter(({ kind }) => isFound.has(kind));
      // Where the CRM does not answer, the row stays as it is, and so it is tried again.
      for (const alarm of over) await unlessCrmIsSilent(end(alarm, telling));
      for (const alarm of wrong) await unlessCrmIsSilent(tell(alarm, telling));
    },
  };
}

async function unlessCrmIsSilent(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof CrmUnavailable)) throw error;
  });
}
