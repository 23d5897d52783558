/** Activities of v2, such as a task about a person or a deal. */
import * as v from 'valibot';
import type { Activity, ActivityChange } from '../../world/pipedrive/activities.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import { isAdminOf, type User } from '../../world/pipedrive/users.ts';
import type { World } from '../../world/world.ts';
import { fields } from '../fields.ts';
import { number, oneOf } from '../parameters.ts';
import { cursorPage, ok, timeOf } from './envelope.ts';
import { notFound, problem } from './problem.ts';
import { refused } from './refused.ts';
import { route, type Route } from './route.ts';
import { LISTING } from './sought.ts';
import { hiddenAmong, isShown } from './subjects.ts';

const integer = v.pipe(v.number(), v.integer());
const changeable = {
  subject: v.exactOptional(v.pipe(v.string(), v.minLength(1))),
  type: v.exactOptional(v.string()),
  owner_id: v.exactOptional(integer),
  due_date: v.exactOptional(v.nullable(v.pipe(v.string(), v.isoDate()))),
  due_time: v.exactOptional(v.nullable(v.pipe(v.string(), v.regex(/^\d\d:\d\d(:\d\d)?$/)))),
  note: v.exactOptional(v.nullable(v.string())),
  done: v.exactOptional(v.boolean()),
};
const about = { person_id: v.exactOptional(integer), deal_id: v.exactOptional(integer) };
type Given = v.InferOutput<ReturnType<typeof fields<typeof changeable>>>;

const changeOf = ({ owner_id, due_date, due_time, ...same }: Given): ActivityChange => ({
  ...same,
  ...(owner_id !== undefined && { ownerId: owner_id }),
  ...(due_date !== undefined && { dueDate: due_date }),
  ...(due_time !== undefined && { dueTime: due_time }),
});

export const activityRoutes = (world: World): Route[] => [
  route(
    'GET /api/v2/activities',
    {
      scopes: ['activities:read'],
      cost: 10,
      query: {
        ...LISTING,
        person_id: number,
        deal_id: number,
        owner_id: number,
        done: oneOf('true', 'false'),
      },
    },
    ({ company, me, query }) => {
      const isOf = (name: string, value: number | boolean | null): boolean =>
        !query.has(name) || String(value) === query.get(name);
      const found = [...company.activities.values()].filter(
        one =>
          !one.isDeleted &&
          sees(company, me, one) &&
          isOf('person_id', one.personId) &&
          isOf('deal_id', one.dealId) &&
          isOf('owner_id', one.ownerId) &&
          isOf('done', one.done),
      );
      const sorting = {
        id: (one: Activity) => one.id,
        update_time: (one: Activity) => one.updateTime,
        add_time: (one: Activity) => one.addTime,
      };
      return cursorPage(world, found, query, sorting, wireActivity);
    },
  ),
  route('GET /api/v2/activities/:id', { scopes: ['activities:read'], cost: 1 }, ({ company, me, params }) => {
    const activity = company.activities.get(Number(params['id']));
    return activity && sees(company, me, activity) ? ok(wireActivity(activity)) : notFound('Activity');
  }),
  route(
    'POST /api/v2/activities',
    { scopes: ['activities:full'], cost: 5, body: fields({ ...changeable, ...about }) },
    ({ company, me, actor, body }) => {
      const { person_id: personId = null, deal_id: dealId = null, ...given } = body;
      const hidden = hiddenAmong(company, me.id, { personId, dealId });
      if (hidden) return refused(world, hidden.kind, hidden.why);
      const { subject = 'Call', type = 'call', ownerId = me.id, ...more } = changeOf(given);
      if (!company.users.has(ownerId)) return problem(400, 'owner_id is invalid');
      return ok(
        wireActivity(company.addActivity(actor, { subject, type, ownerId, personId, dealId, ...more })),
        201,
      );
    },
  ),
  route(
    'PATCH /api/v2/activities/:id',
    { scopes: ['activities:full'], cost: 5, body: fields(changeable) },
    ({ company, me, actor, params, body }) => {
      const activity = company.activities.get(Number(params['id']));
      if (!activity || activity.isDeleted || !sees(company, me, activity)) return notFound('Activity');
      const change = changeOf(body);
      if (change.ownerId !== undefined && !company.users.has(change.ownerId)) {
        return problem(400, 'owner_id is invalid');
      }
      return ok(wireActivity(company.changeActivity(actor, activity, change)));
    },
  ),
];

/** A user sees their own activities and those about subjects that they see, and may change what they see (inferred). */
const sees = (company: Company, me: User, activity: Activity): boolean =>
  [activity.ownerId, activity.creatorId].includes(me.id) ||
  isAdminOf(me, 'sales') ||
  ((activity.personId ?? activity.dealId) !== null && isShown(company, me.id, activity));

export const wireActivity = (one: Activity): Record<string, unknown> => ({
  id: one.id,
  subject: one.subject,
  type: one.type,
  owner_id: one.ownerId,
  creator_user_id: one.creatorId,
  is_deleted: one.isDeleted,
  add_time: timeOf(one.addTime),
  update_time: timeOf(one.updateTime),
  deal_id: one.dealId,
  lead_id: null,
  person_id: one.personId,
  org_id: null,
  project_id: null,
  due_date: one.dueDate,
  due_time: one.dueTime,
  duration: null,
  busy: false,
  done: one.done,
  marked_as_done_time: one.done ? timeOf(one.updateTime) : null,
  location: null,
  participants: one.personId === null ? [] : [{ person_id: one.personId, primary: true }],
  attendees: [],
  conference_meeting_client: null,
  conference_meeting_url: null,
  conference_meeting_id: null,
  public_description: null,
  priority: null,
  note: one.note,
});
