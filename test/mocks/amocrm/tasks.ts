/** Tasks about contacts and deals: written in lists, found by what they are about, changed one by one. */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { CrmTask, TaskDraft } from '../../world/activities.ts';
import type { World } from '../../world/world.ts';
import { idsOf, valuesOf } from './filter.ts';
import { hal, nothing, pageOf, selfLink } from './hal.ts';
import { invalid, problem, type Invalid } from './problem.ts';
import type { SignedIn } from './session.ts';
import { draftOf, taskChange, taskDrafts, taskLinks, wireTask } from './task-wire.ts';

const LONGEST_PAGE = 250;

export const taskRoutes = (world: World, signedIn: SignedIn): RequestHandler[] => [
  http.get(
    '*/api/v4/tasks',
    signedIn(({ me, request, query }) => {
      const found = [...world.crm.tasks.values()].filter(
        task => world.crm.shows(me.id, task) && asked(query, task),
      );
      const page = pageOf(found, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const tasks = page.items.map(task => wireTask(world, task));
      return hal({ _page: page.number, _links: page.links, _embedded: { tasks } });
    }),
  ),
  http.post(
    '*/api/v4/tasks',
    signedIn(async ({ me, request }) => {
      const { success, output } = v.safeParse(taskDrafts, await request.json().catch(() => undefined));
      if (!success) return problem(400, 'Request validation failed');
      const drafts = new Map(
        output.map((given, at) => [given.request_id ?? String(at), draftOf(me.id, given)] as const),
      );
      const errors = errorsIn(world, me.id, drafts);
      if (errors.size > 0) return invalid(errors);
      const tasks = Array.from(drafts, ([request_id, draft]) => {
        const { id } = world.crm.writeTask(me.id, draft);
        return { id, request_id, _links: taskLinks(world, id) };
      });
      world.changed();
      return hal({ _links: selfLink(request.url), _embedded: { tasks } });
    }),
  ),
  http.patch(
    '*/api/v4/tasks/:id',
    signedIn(async ({ me, params, request }) => {
      const body: unknown = await request.json().catch(() => undefined);
      if (Array.isArray(body)) return problem(405, 'Method Not Allowed');
      const { success, output } = v.safeParse(taskChange, body);
      if (!success) return problem(400, 'Request data can not be empty');
      const changed = world.crm.changeTask(me.id, Number(params['id']), output);
      if (changed === 'no-such-user') return invalid(new Map([['0', [{ path: 'responsible_user_id' }]]]));
      if (typeof changed === 'string') return problem(404, 'Not found');
      world.changed();
      const { id, updatedAt } = changed;
      return hal({ id, updated_at: updatedAt, _links: taskLinks(world, id) });
    }),
  ),
];

function asked(query: URLSearchParams, task: CrmTask): boolean {
  const among = (name: string, value: number): boolean => idsOf(query, name)?.has(value) ?? true;
  const types = valuesOf(query, 'filter[entity_type]');
  return (
    (types.length === 0 || types.includes(task.entityType)) &&
    among('filter[entity_id]', task.entityId) &&
    among('filter[is_completed]', Number(task.isCompleted)) &&
    among('filter[responsible_user_id]', task.responsibleUserId) &&
    among('filter[id]', task.id)
  );
}

/** One wrong task refuses the whole list. */
function errorsIn(
  { crm }: World,
  authorId: number,
  drafts: ReadonlyMap<string, TaskDraft>,
): ReadonlyMap<string, readonly Invalid[]> {
  return new Map(
    [...drafts].flatMap(([requestId, draft]) => {
      const errors: Invalid[] = [
        ...(crm.shows(authorId, draft) ? [] : [{ path: 'entity_id' }]),
        ...(crm.users.get(draft.responsibleUserId)?.isActive ? [] : [{ path: 'responsible_user_id' }]),
      ];
      return errors.length > 0 ? [[requestId, errors] as const] : [];
    }),
  );
}
