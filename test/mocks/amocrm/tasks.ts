/** Tasks about contacts and deals: created in lists, searched by subject, changed one by one. */
import type { CrmTask, TaskDraft } from '../../world/activities.ts';
import { TASK_TYPES } from '../../world/task-types.ts';
import type { World } from '../../world/world.ts';
import { idsOf, valuesOf } from './filter.ts';
import { hal, nothing, pageOf, selfLink, PAGING } from './hal.ts';
import { numbers, oneOf, someOf } from '../parameters.ts';
import { invalid, noRights, oneOnly, problem, type Invalid } from './problem.ts';
import { route, type Route } from './route.ts';
import { draftOf, taskChange, taskDrafts, taskLinks, wireTask } from './task-wire.ts';

const LONGEST_PAGE = 250;

export const taskRoutes = (world: World): Route[] => [
  route(
    'GET /api/v4/tasks',
    {
      query: {
        ...PAGING,
        'filter[id]': numbers,
        'filter[entity_id]': numbers,
        'filter[entity_type]': someOf('contacts', 'leads'),
        'filter[is_completed]': oneOf('0', '1'),
        'filter[responsible_user_id]': numbers,
        'filter[task_type]': numbers,
      },
    },
    ({ me, request, query }) => {
      const found = [...world.crm.tasks.values()].filter(
        task => world.crm.showsTask(me.id, task) && asked(query, task),
      );
      const page = pageOf(found, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const tasks = page.items.map(task => wireTask(world, task));
      return hal({ _page: page.number, _links: page.links, _embedded: { tasks } });
    },
  ),
  route('POST /api/v4/tasks', { body: taskDrafts }, ({ me, request, body }) => {
    const rows = body.map((given, at) => ({
      authorId: given.created_by ?? me.id,
      draft: draftOf(me.id, given),
      request_id: given.request_id ?? String(at),
    }));
    const errors = new Map(
      rows.flatMap(row => {
        const found = errorsIn(world, me.id, row);
        return found.length > 0 ? [[row.request_id, found] as const] : [];
      }),
    );
    if (errors.size > 0) return invalid(errors);
    const tasks = rows.map(({ authorId, draft, request_id }) => {
      const { id } = world.crm.writeTask(authorId, draft);
      return { id, request_id, _links: taskLinks(world, id) };
    });
    world.changed();
    return hal({ _links: selfLink(request.url), _embedded: { tasks } });
  }),
  route('PATCH /api/v4/tasks/:id', { body: taskChange, wrong: oneOnly }, ({ me, params, body }) => {
    const changed = world.crm.changeTask(me.id, Number(params['id']), body);
    if (changed === 'no-rights') return noRights();
    if (changed === 'no-such-user') return invalid(new Map([['0', [{ path: 'responsible_user_id' }]]]));
    if (typeof changed === 'string') return problem(404, 'Not found');
    world.changed();
    const { id, updatedAt } = changed;
    return hal({ id, updated_at: updatedAt, _links: taskLinks(world, id) });
  }),
];

function asked(query: URLSearchParams, task: CrmTask): boolean {
  const among = (name: string, value: number): boolean => idsOf(query, name)?.has(value) ?? true;
  const types = valuesOf(query, 'filter[entity_type]');
  return (
    (types.length === 0 || types.includes(task.entityType ?? '')) &&
    among('filter[entity_id]', task.entityId ?? 0) &&
    among('filter[is_completed]', Number(task.isCompleted)) &&
    among('filter[responsible_user_id]', task.responsibleUserId) &&
    among('filter[task_type]', task.taskTypeId) &&
    among('filter[id]', task.id)
  );
}

/** One invalid task refuses the whole list. */
function errorsIn(
  { crm, options }: World,
  actorId: number,
  { authorId, draft }: { readonly authorId: number; readonly draft: TaskDraft },
): readonly Invalid[] {
  const isActive = (id: number): boolean => crm.users.get(id)?.isActive === true;
  const isKnown = (id = 1): boolean => TASK_TYPES[options.language].some(type => type.id === id);
  return [
    ...(draft.entityType === null || crm.shows(actorId, draft) ? [] : [{ path: 'entity_id' }]),
    ...(isActive(draft.responsibleUserId) ? [] : [{ path: 'responsible_user_id' }]),
    ...(authorId === 0 || isActive(authorId) ? [] : [{ path: 'created_by' }]),
    ...(isKnown(draft.taskTypeId) ? [] : [{ path: 'task_type_id' }]),
  ];
}
