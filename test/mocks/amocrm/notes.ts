/** Notes of a contact or a deal: plain ones, for users who may see the subject. */
import * as v from 'valibot';
import type { CrmNote, Subject } from '../../world/activities.ts';
import type { World } from '../../world/world.ts';
import { requestId } from './change-wire.ts';
import { idsOf } from './filter.ts';
import { hal, nothing, ordered, pageOf, selfLink, PAGING } from './hal.ts';
import { direction, numbers, someOf } from '../parameters.ts';
import { invalid, problem } from './problem.ts';
import { fields } from '../fields.ts';
import { route, type Route } from './route.ts';

const LONGEST_PAGE = 250;

const drafts = v.pipe(
  v.array(
    fields({
      note_type: v.literal('common'),
      params: fields({ text: v.pipe(v.string(), v.nonEmpty()) }),
      created_by: v.optional(v.number()),
      request_id: requestId,
    }),
  ),
  v.nonEmpty(),
);

export const noteRoutes = (world: World): Route[] =>
  (['contacts', 'leads'] as const).flatMap(kind => notesOf(world, kind));

const notesOf = (world: World, entityType: Subject['entityType']): Route[] => [
  route(
    `GET /api/v4/${entityType}/:id/notes`,
    {
      query: {
        ...PAGING,
        'filter[id]': numbers,
        'filter[note_type]': someOf('common'),
        'order[id]': direction,
      },
    },
    ({ me, params, query, request }) => {
      const subject: Subject = { entityType, entityId: Number(params['id']) };
      const shown = world.crm.shows(me.id, subject) ? world.crm.notesOf(subject) : [];
      const ids = idsOf(query, 'filter[id]');
      const found = shown.filter(({ id }) => ids?.has(id) !== false);
      const page = pageOf(ordered(found, query, { id: one => one.id }), request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const notes = page.items.map(note => wireNote(world, note));
      return hal({ _page: page.number, _links: page.links, _embedded: { notes } });
    },
  ),
  route(`POST /api/v4/${entityType}/:id/notes`, { body: drafts }, ({ me, params, body, request }) => {
    const subject: Subject = { entityType, entityId: Number(params['id']) };
    const isAuthor = (id = 0): boolean => id === 0 || world.crm.users.get(id)?.isActive === true;
    const errors = new Map(
      body.flatMap(({ created_by, request_id }, at) =>
        isAuthor(created_by) ? [] : [[request_id ?? String(at), [{ path: 'created_by' }]] as const],
      ),
    );
    if (errors.size > 0) return invalid(errors);
    const written = body.map(({ params: { text }, created_by }) =>
      world.crm.addNote(me.id, subject, text, created_by),
    );
    world.changed();
    const notes = written.flatMap((note, at) =>
      note === 'not-found' ? [] : [writtenNote(world, note, body[at]?.request_id ?? String(at))],
    );
    if (notes.length === 0) return problem(404, 'Not found');
    return hal({ _links: selfLink(request.url), _embedded: { notes } });
  }),
];

const linksTo = ({ crm }: World, { entityType, entityId, id }: CrmNote): unknown =>
  selfLink(`${crm.account.origin}/api/v4/${entityType}/${entityId}/notes/${id}`);

const writtenNote = (world: World, note: CrmNote, request_id: string): unknown => ({
  id: note.id,
  entity_id: note.entityId,
  request_id,
  _links: linksTo(world, note),
});

const wireNote = (world: World, note: CrmNote): unknown => ({
  id: note.id,
  entity_id: note.entityId,
  created_by: note.createdBy,
  updated_by: note.createdBy,
  created_at: note.createdAt,
  updated_at: note.createdAt,
  responsible_user_id: note.createdBy,
  group_id: world.crm.users.get(note.createdBy)?.groupId ?? 0,
  note_type: 'common',
  params: { text: note.text },
  account_id: world.crm.account.id,
  _links: linksTo(world, note),
});
