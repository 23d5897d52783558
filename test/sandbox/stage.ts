/** The stage bar's own API, under /_stage on the CRM's hosts. It exists only in the sandbox. */
import * as v from 'valibot';
import type { Disturbance } from '../world/disturbances.ts';
import { arrange } from './accidents.ts';
import { PEOPLE } from './addresses.ts';
import { chatWindowAddress } from './chat-site.ts';
import { outsideActions, outsideOf } from './outside.ts';
import { clientAt, giveDeals, handOver } from './office-work.ts';
import { furnish } from './ready-office.ts';
import { newOffice } from './office.ts';
import type { SandboxState } from './sandbox-state.ts';
import type { ServerSite } from './server-site.ts';
import { ACCIDENTS, KEY_KINDS, type Accident, type StageState } from './wire/stage.ts';

const HALF_AN_HOUR = 30 * 60_000;

const accidentSchema = v.object({ name: v.picklist(ACCIDENTS) });
const accountSchema = v.object({
  size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5))),
  language: v.optional(v.picklist(['ru', 'en'])),
});
const onSchema = v.object({ on: v.boolean() });
const placeSchema = v.object({ place: v.optional(v.string(), '') });
const handOverSchema = v.object({ ...placeSchema.entries, to: v.picklist(['seller-a', 'seller-b']) });
const lagSchema = v.object({ seconds: v.pipe(v.number(), v.minValue(0)) });
const lackingSchema = v.object({ what: v.pipe(v.string(), v.maxLength(300)) });
const keySchema = v.object({ kind: v.picklist(KEY_KINDS) });

export type StageApi = (request: Request, me: number) => Promise<Response>;

const done = (): Response => Response.json({});

export function stageApi(state: SandboxState, server: ServerSite): StageApi {
  const { world, events } = state;
  const names = new WeakMap<Disturbance, Accident>();
  const reloaded = (): Response => {
    events.send('reload');
    return done();
  };

  const outside = Object.entries(outsideActions(world)).map(
    ([name, act]) =>
      [
        name,
        (body: unknown): Response => {
          act(body);
          world.changed();
          return done();
        },
      ] as const,
  );
  const actions: Record<string, (body: unknown) => Response | Promise<Response>> = {
    ...Object.fromEntries(outside),
    client: () => {
      const { id } = world.clientWrites();
      return Response.json({ id });
    },
    deals: body => {
      giveDeals(world, clientAt(world, v.parse(placeSchema, body).place));
      world.changed();
      return done();
    },
    'hand-over': body => {
      const { place, to } = v.parse(handOverSchema, body);
      handOver(world, clientAt(world, place), PEOPLE[to].employeeId);
      world.changed();
      return done();
    },
    lag: body => {
      world.oddities.eventLagMs = v.parse(lagSchema, body).seconds * 1000;
      return done();
    },
    accident: body => {
      const { name } = v.parse(accidentSchema, body);
      const waiting = arrange(name, state);
      if (waiting) names.set(waiting, name);
      return done();
    },
    calm: () => {
      world.disturbances.clear();
      return done();
    },
    account: async body => {
      const { size = world.options.size, language = world.options.language } = v.parse(accountSchema, body);
      await server.leave();
      world.reset({ office: newOffice(), size, language });
      return reloaded();
    },
    furnish: async () => {
      await server.leave();
      world.reset({ office: newOffice() });
      furnish(world);
      server.connect();
      return reloaded();
    },
    hostile: body => {
      state.hostile = v.parse(onSchema, body).on;
      return reloaded();
    },
    'safe-mode': body => {
      state.safeMode = v.parse(onSchema, body).on;
      return reloaded();
    },
    filters: body => {
      world.crm.account.filtersLists = v.parse(onSchema, body).on;
      return done();
    },
    'fresh-lists': () => {
      state.cacheVersion += 1;
      return done();
    },
    lacking: body => {
      state.lacking.add(v.parse(lackingSchema, body).what);
      return done();
    },
    key: body => {
      state.keyKind = v.parse(keySchema, body).kind;
      server.connect();
      return done();
    },
    later: () => {
      world.clock.advance(HALF_AN_HOUR);
      return done();
    },
  };

  return async (request, me) => {
    const action = new URL(request.url).pathname.slice('/_stage/'.length);
    if (request.method === 'GET' && action === 'state') return Response.json(stateFor(state, me, names));
    if (request.method === 'GET' && action === 'chat-window') {
      return Response.json({ url: await chatWindowAddress(world, me) });
    }
    const act = request.method === 'POST' ? actions[action] : undefined;
    if (!act) return new Response(null, { status: 404 });
    const text = await request.text();
    return act(text === '' ? {} : JSON.parse(text));
  };
}

function stateFor(
  { world, addresses, keyKind, hostile, safeMode, lacking }: SandboxState,
  me: number,
  names: WeakMap<Disturbance, Accident>,
): StageState {
  const user = world.crm.users.get(me);
  return {
    language: world.options.language,
    size: world.crm.users.size,
    me: { id: me, name: user?.name ?? '', isAdmin: user?.isAdmin === true },
    gateway: addresses.gateway,
    addresses: {
      office: addresses.person('office'),
      'seller-a': addresses.person('seller-a'),
      'seller-b': addresses.person('seller-b'),
    },
    keyKind,
    hostile,
    safeMode,
    filtersLists: world.crm.account.filtersLists,
    lacking: [...new Set([...lacking, ...world.unhandledRequests])],
    eventLagSeconds: world.oddities.eventLagMs / 1000,
    waiting: world.disturbances.waiting().map(one => names.get(one) ?? String(one.on)),
    outside: outsideOf(world),
  };
}
