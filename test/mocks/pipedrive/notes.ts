/**
 * Notes of v1: about a person or a deal, as HTML that the server cleans. Only administrators can write in another
 * user's name.
 */
import * as v from 'valibot';
import type { Company } from '../../world/pipedrive/company.ts';
import type { Note } from '../../world/pipedrive/notes.ts';
import { isAdminOf } from '../../world/pipedrive/users.ts';
import type { World } from '../../world/world.ts';
import { fields } from '../fields.ts';
import { anything, number, oneOf } from '../parameters.ts';
import { ok, placedPage, textTimeOf } from './envelope.ts';
import { forbidden, problem } from './problem.ts';
import { refused } from './refused.ts';
import { route, type Route } from './route.ts';
import { hiddenAmong, isShown } from './subjects.ts';

/** Notes are stored in the order of writing. */
const SORTS = ['id ASC', 'id DESC', 'add_time ASC', 'add_time DESC'];

const integer = v.pipe(v.number(), v.integer());

export const noteRoutes = (world: World): Route[] => [
  route(
    'GET /api/v1/notes',
    {
      scopes: ['contacts:read', 'deals:read'],
      cost: 20,
      query: { person_id: number, deal_id: number, start: anything, limit: anything, sort: oneOf(...SORTS) },
    },
    ({ company, me, query }) => {
      const isOf = (name: string, value: number | null): boolean =>
        !query.has(name) || value === Number(query.get(name));
      const found = [...company.notes.values()].filter(
        note =>
          isOf('person_id', note.personId) && isOf('deal_id', note.dealId) && isShown(company, me.id, note),
      );
      const isNewestFirst = query.get('sort')?.endsWith('DESC') ?? false;
      return placedPage(isNewestFirst ? found.toReversed() : found, query, note => wireNote(company, note));
    },
  ),
  route(
    'POST /api/v1/notes',
    {
      scopes: ['contacts:full', 'deals:full'],
      cost: 10,
      body: fields({
        content: v.pipe(v.string(), v.minLength(1)),
        person_id: v.exactOptional(integer),
        deal_id: v.exactOptional(integer),
        user_id: v.exactOptional(integer),
      }),
    },
    ({ company, me, actor, body }) => {
      const { content, person_id: personId = null, deal_id: dealId = null, user_id: authorId = me.id } = body;
      if (personId === null && dealId === null) return problem(400, 'One of the ids is required');
      if (authorId !== me.id && !isAdminOf(me, 'global')) return forbidden();
      const hidden = hiddenAmong(company, me.id, { personId, dealId });
      if (hidden) return refused(world, hidden.kind, hidden.why);
      const note = company.addNote(actor, { personId, dealId }, cleaned(content), authorId);
      return ok(wireNote(company, note), 201);
    },
  ),
];

/** What else the server removes is not documented. */
const cleaned = (html: string): string => html.replace(/<script[\s\S]*?<\/script>/gi, '');

export function wireNote({ users, persons, deals }: Company, note: Note): Record<string, unknown> {
  const { id, userId, personId, dealId, content, addTime, updateTime } = note;
  const author = users.get(userId);
  return {
    id,
    user_id: userId,
    deal_id: dealId,
    person_id: personId,
    org_id: null,
    lead_id: null,
    content,
    add_time: textTimeOf(addTime),
    update_time: textTimeOf(updateTime),
    active_flag: true,
    pinned_to_deal_flag: false,
    pinned_to_person_flag: false,
    pinned_to_organization_flag: false,
    last_update_user_id: null,
    person: personId === null ? null : { name: persons.get(personId)?.name ?? null },
    deal: dealId === null ? null : { title: deals.get(dealId)?.title ?? null },
    user: author ? { email: author.email, name: author.name, icon_url: null, is_you: false } : null,
  };
}
