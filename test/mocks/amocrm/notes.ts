/** Notes of a contact or a deal: plain ones, for whoever may see what they are about. */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { CrmNote, Subject } from '../../world/activities.ts';
import type { World } from '../../world/world.ts';
import { requestId } from './batch.ts';
import { hal, nothing, pageOf, selfLink } from './hal.ts';
import { problem } from './problem.ts';
import type { SignedIn } from './session.ts';

const LONGEST_PAGE = 250;

const drafts = v.pipe(
  v.array(
    v.looseObject({
      note_type: v.literal('common'),
      params: v.object({ text: v.pipe(v.string(), v.nonEmpty()) }),
      request_id: requestId,
    }),
  ),
  v.nonEmpty(),
);

export const noteRoutes = (world: World, signedIn: SignedIn): RequestHandler[] =>
  (['contacts', 'leads'] as const).flatMap(kind => notesOf(world, signedIn, kind));

const notesOf = (world: World, signedIn: SignedIn, entityType: Subject['entityType']): RequestHandler[] => [
  http.get(
    `*/api/v4/${entityType}/:id/notes`,
    signedIn(({ me, params, request }) => {
      const subject: Subject = { entityType, entityId: Number(params['id']) };
      const found = world.crm.shows(me.id, subject) ? world.crm.notesOf(subject) : [];
      const page = pageOf(found, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const notes = page.items.map(note => wireNote(world, note));
      return hal({ _page: page.number, _links: page.links, _embedded: { notes } });
    }),
  ),
  http.post(
    `*/api/v4/${entityType}/:id/notes`,
    signedIn(async ({ me, params, request }) => {
      const { success, output } = v.safeParse(drafts, await request.json().catch(() => undefined));
      if (!success) return problem(400, 'Request validation failed');
      const subject: Subject = { entityType, entityId: Number(params['id']) };
      const written = output.map(draft => world.crm.addNote(me.id, subject, draft.params.text));
      world.changed();
      const notes = written.flatMap((note, at) =>
        note === 'not-found' ? [] : [writtenNote(world, note, output[at]?.request_id ?? String(at))],
      );
      if (notes.length === 0) return problem(404, 'Not found');
      return hal({ _links: selfLink(request.url), _embedded: { notes } });
    }),
  ),
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
