/** Deals, whose owner sees the client's chat as well, and their pipelines. */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { ChatDeal } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';
import { bodyOf } from '../body.ts';
import { beyond } from './beyond.ts';
import { entityRoutes, nothing, offsetList, type Entities } from './entities.ts';
import { chatError } from './error.ts';
import { OWN_KEY, type Keyed } from './key.ts';

const PIPELINES = 'https://api.wazzup24.com/v3/pipelines';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

export const dealSchema: v.GenericSchema<unknown, ChatDeal> = v.strictObject({
  id,
  responsibleUserId: id,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  uri: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  contacts: v.pipe(v.array(id), v.minLength(1), v.maxLength(10)),
  closed: v.boolean(),
});

/** Stages may be missing, but not empty. */
const pipelines = v.array(
  v.strictObject({
    id,
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
    stages: v.exactOptional(v.pipe(v.array(v.strictObject({ id, name: v.string() })), v.minLength(1))),
  }),
);

export function dealRoutes(world: World, keyed: Keyed): RequestHandler[] {
  const deals: Entities<ChatDeal> = {
    name: 'deals',
    stored: () => world.chat.deals,
    schema: dealSchema,
    invalid: 'INVALID_DEALS_DATA',
  };
  return [
    offsetList(keyed, deals),
    ...entityRoutes(world, keyed, deals),
    http.get(
      PIPELINES,
      keyed(OWN_KEY, () => Response.json(world.chat.pipelines)),
    ),
    http.post(
      PIPELINES,
      keyed(OWN_KEY, async ({ request }) => {
        const body = await bodyOf(request);
        const unknown = beyond(world, 'POST /v3/pipelines', pipelines, body);
        if (unknown) return unknown;
        const { success, output } = v.safeParse(pipelines, body);
        if (!success) return chatError(400, 'INVALID_PIPELINES_DATA');
        world.chat.pipelines = output;
        return nothing();
      }),
    ),
  ];
}
