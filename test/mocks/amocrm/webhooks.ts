/** Hook subscriptions, for administrators only: one per address, so subscribing again changes the existing one. */
import * as v from 'valibot';
import { EMULATED_CODES, KNOWN_CODES, type Hook } from '../../world/hooks.ts';
import type { World } from '../../world/world.ts';
import { lacking } from '../lacking.ts';
import { hal } from './hal.ts';
import { anything } from '../parameters.ts';
import { problem } from './problem.ts';
import { fields } from '../fields.ts';
import { route, type Route } from './route.ts';

/** A web address in ASCII characters. */
const destination = v.pipe(v.string(), v.url(), v.regex(/^https?:\/\/[\u0020-\u007e]+$/));
const code = v.pipe(
  v.string(),
  v.check(one => KNOWN_CODES.has(one)),
);
const subscription = fields({
  destination,
  settings: v.pipe(v.array(code), v.nonEmpty()),
  sort: v.exactOptional(v.pipe(v.number(), v.integer())),
});

export const webhookRoutes = (world: World): Route[] => [
  route(
    'GET /api/v4/webhooks',
    { who: 'admins', query: { 'filter[destination]': anything } },
    ({ query }) => {
      const asked = query.get('filter[destination]');
      const found = world.crm.hooks.all().filter(hook => asked === null || hook.destination === asked);
      const webhooks = found.map(hook => wireHook(world, hook));
      return hal({ _total_items: found.length, _embedded: { webhooks } });
    },
  ),
  route('POST /api/v4/webhooks', { who: 'admins', body: subscription }, ({ me, body }) => {
    if (!world.crm.account.sendsHooks)
      return problem(world.oddities.noHooksStatus, 'Not available in your plan');
    const beyond = body.settings.filter(one => !EMULATED_CODES.has(one));
    if (beyond.length > 0)
      return lacking(
        world,
        beyond.map(one => `POST /api/v4/webhooks {settings: ${one}}`),
      );
    const hook = world.crm.hooks.subscribe(me.id, body);
    if (hook === 'too-many') return problem(422, 'Limit of webhooks exceeded');
    world.changed();
    return hal(wireHook(world, hook), 201);
  }),
  route(
    'DELETE /api/v4/webhooks',
    { who: 'admins', body: fields({ destination: v.string() }) },
    ({ body }) => {
      if (!world.crm.hooks.unsubscribe(body.destination)) return problem(404, 'Not found');
      world.changed();
      return new Response(null, { status: 204 });
    },
  ),
];

const wireHook = ({ crm }: World, hook: Hook): unknown => ({
  id: hook.id,
  destination: hook.destination,
  created_at: hook.createdAt,
  updated_at: hook.updatedAt,
  account_id: crm.account.id,
  created_by: hook.createdBy,
  sort: hook.sort,
  disabled: hook.disabled,
  settings: hook.settings,
});
