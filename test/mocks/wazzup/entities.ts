/**
 * What users, contacts and deals have in common: upserts of at most a hundred complete objects with an empty answer;
 * one bad item refuses all; deletion one by one or in bulk. If the documentation names no status, 400 is assumed,
 * because clients should look at the error's code.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { beyond } from './beyond.ts';
import { chatError } from './error.ts';
import { OWN_KEY, type Keyed } from './key.ts';

const API = 'https://api.wazzup24.com/v3';
const MOST_A_CALL = 100;
const PAGE = 100;

export type Entities<T extends { readonly id: string }> = {
  readonly name: 'users' | 'contacts' | 'deals';
  readonly stored: () => Map<string, T>;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly invalid: string;
  /** A refusal of the batch as a whole. */
  readonly refuse?: (batch: readonly T[]) => Response | undefined;
};

export const nothing = (): Response => new Response(null, { status: 200 });

/** All routes except the list, whose format differs. */
export function entityRoutes<T extends { readonly id: string }>(
  world: World,
  keyed: Keyed,
  { name, stored, schema, invalid, refuse }: Entities<T>,
): RequestHandler[] {
  return [
    http.get(
      `${API}/${name}/:id`,
      keyed(OWN_KEY, ({ params }) => {
        const found = stored().get(String(params['id']));
        return found ? Response.json(found) : missing();
      }),
    ),
    http.post(
      `${API}/${name}`,
      keyed(OWN_KEY, async ({ request }) => {
        const given: unknown = await bodyOf(request);
        const unknown = beyond(world, `POST /v3/${name}`, v.array(schema), given);
        if (unknown) return unknown;
        if (!Array.isArray(given)) return chatError(400, invalid);
        if (given.length > MOST_A_CALL) return chatError(400, 'TOO_MANY_ENTITIES');
        const wrong = wrongItems(given, schema);
        if (wrong.length > 0) return chatError(400, invalid, 'Some items are invalid', wrong);
        const batch = given.map(item => v.parse(schema, item));
        // Observed on the live service: the same id twice breaks it.
        if (new Set(batch.map(({ id }) => id)).size < batch.length)
          return new Response(null, { status: 500 });
        const refused = refuse?.(batch);
        if (refused) return refused;
        batch.forEach(item => stored().set(item.id, item));
        world.changed();
        return nothing();
      }),
    ),
    http.delete(
      `${API}/${name}/:id`,
      keyed(OWN_KEY, ({ params }) => {
        if (!stored().delete(String(params['id']))) return missing();
        world.changed();
        return nothing();
      }),
    ),
    http.patch(
      `${API}/${name}/bulk_delete`,
      keyed(OWN_KEY, async ({ request }) => {
        const { success, output } = v.safeParse(v.array(v.string()), await bodyOf(request));
        if (!success) return chatError(400, invalid);
        if (output.length > MOST_A_CALL) return chatError(400, 'TOO_MANY_ENTITIES');
        const unknown = output.filter(id => !stored().delete(id));
        world.changed();
        return Response.json(unknown);
      }),
    ),
  ];
}

/** The lists of contacts and of deals: a hundred from `offset`, sorted by id. */
export const offsetList = <T extends { readonly id: string }>(
  keyed: Keyed,
  { name, stored }: Entities<T>,
): RequestHandler =>
  http.get(
    `${API}/${name}`,
    keyed(
      OWN_KEY,
      ({ query }) => {
        const sorted = [...stored().values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        const offset = Number(query.get('offset') ?? 0);
        return Response.json({ count: sorted.length, data: sorted.slice(offset, offset + PAGE) });
      },
      ['offset'],
    ),
  );

const missing = (): Response => chatError(404, 'ENTITY_NOT_FOUND');

function wrongItems(
  given: readonly unknown[],
  schema: v.GenericSchema,
): { index: number; fields: string[] }[] {
  return given.flatMap((item, index) => {
    const { issues = [] } = v.safeParse(schema, item);
    const fields = issues.map(issue => v.getDotPath(issue) ?? '');
    return fields.length > 0 ? [{ index, fields: [...new Set(fields)] }] : [];
  });
}
