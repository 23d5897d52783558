/** Activities, which other CRMs call tasks. */
import type { Clock } from '../clock.ts';
import type { Actor, Changes } from './changes.ts';

export type Activity = {
  readonly id: number;
  subject: string;
  type: string;
  ownerId: number;
  readonly creatorId: number;
  personId: number | null;
  dealId: number | null;
  /** `YYYY-MM-DD` and `HH:MM:SS`, in UTC. */
  dueDate: string | null;
  dueTime: string | null;
  note: string | null;
  done: boolean;
  isDeleted: boolean;
  readonly addTime: number;
  updateTime: number;
};

export type ActivityDraft = Pick<Activity, 'subject' | 'type' | 'ownerId' | 'personId' | 'dealId'> &
  Partial<Pick<Activity, 'dueDate' | 'dueTime' | 'note' | 'done'>>;
export type ActivityChange = Partial<
  Pick<Activity, 'subject' | 'type' | 'ownerId' | 'dueDate' | 'dueTime' | 'note' | 'done'>
>;

export type Activities = {
  readonly activities: Map<number, Activity>;
  readonly addActivity: (actor: Actor, draft: ActivityDraft) => Activity;
  readonly changeActivity: (actor: Actor, activity: Activity, change: ActivityChange) => Activity;
};

export function createActivities(clock: Clock, tell: Changes['tell'], nextId: () => number): Activities {
  const activities = new Map<number, Activity>();
  return {
    activities,
    addActivity(actor, draft) {
      const now = clock.now();
      const record: Activity = {
        id: nextId(),
        creatorId: actor.userId,
        dueDate: null,
        dueTime: null,
        note: null,
        done: false,
        isDeleted: false,
        ...draft,
        addTime: now,
        updateTime: now,
      };
      activities.set(record.id, record);
      tell({ entity: 'activity', action: 'create', record, actor });
      return record;
    },
    changeActivity(actor, record, change) {
      const before = { ...record };
      Object.assign(record, change, { updateTime: clock.now() });
      tell({ entity: 'activity', action: 'change', before, record, actor });
      return record;
    },
  };
}
