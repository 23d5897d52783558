/** Every route of the gateway, and who may use it. Anything that is not listed here does not exist. */
import { Hono, type Context, type Handler, type MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { admin, isAdmin } from '../call.ts';
import type { CallEnv } from './config.ts';
import { isNumber } from '../follow/numbers.ts';
import { historyRoutes } from '../history/routes.ts';
import { ownSettingsRoutes, withVersion } from '../own-settings/routes.ts';
import { MODE_OF } from '../chat/wazzup/key-kind.ts';
import { bodyOf, LARGE_BYTES } from '../http/body.ts';
import { clientChanged } from './clients.ts';
import { othersOfClient } from './others.ts';
import { Refused, refusal } from '../http/refusal.ts';
import { ask } from './service.ts';
import { holdsRole, readSettings, writeSettings } from './settings.ts';

type Permission = MiddlewareHandler<CallEnv>;
type Answer = Handler<CallEnv>;

const employee: Permission = (_context, next) => next();

/**
 * Requires that the employee may see the client in the CRM. Where the CRM cannot be asked, it is enough to be an admin or to
 * have any role.
 */
const seesClient: Permission = async ({ env: { caller, config }, req }, next) => {
  const { records } = config;
  const sees = records
    ? (await records.seenBy(caller.employeeId, 'contacts', req.param('id') ?? '')) !== null
    : isAdmin(caller, config) || (await holdsRole(caller.employeeId, config));
  if (!sees) throw new Refused('NOT_SEEN');
  await next();
};

const onlyThemselves: Permission = async ({ env, req }, next) => {
  if (req.param('id') !== env.caller.employeeId) throw new Refused('NOT_YOURS');
  await next();
};

/** A path's last segment is decoded only once, so no slash or dot segment in it can reach the service. */
const ID = ':id{[\\w.:-]+}';

export const gatewayRoutes = new Hono<CallEnv>()
  .route('/', ownSettingsRoutes)
  .route('/', historyRoutes)
  .use(withVersion)
  // A server for a single account was connected by the person who runs it.
  .get('/connection', employee, ({ env: { config } }) => {
    const { keyKind } = config.wazzup;
    return Response.json({
      keyKind,
      mode: MODE_OF[keyKind],
      connectedAt: null,
      access: 'given',
      ways: [],
    });
  })
  .get('/v3/channels', employee, forward())
  .get('/settings', employee, ({ env: { caller, config } }) =>
    readSettings(config, caller, isAdmin(caller, config)),
  )
  .get(`/v3/contacts/${ID}`, seesClient, forward())

  .patch('/settings', admin, ({ env, req }) => writeSettings(req.raw, env.config, env.caller))
  .post('/v3/users', admin, forwardJson(LARGE_BYTES))
  .post('/v3/message', admin, sendMessage)
  .get('/v3/templates/whatsapp', admin, forward('limit', 'offset'))

  .post('/clients/changed', employee, clientChanged)
  .get(`/clients/${ID}/others`, seesClient, othersOfClient)

  .post('/v3/iframe', employee, ownWindow)
  .get(`/v3/unanswered/${ID}`, onlyThemselves, forward())
  .notFound(() => refusal('ROUTE_UNKNOWN'))
  .onError(refused);

/** Returns the answer of a `Refused` and rethrows any other error. */
export function refused(error: Error): Response {
  if (error instanceof Refused) return error.answer;
  throw error;
}

/** Returns the query's parameters, all of them optional and numeric. Refuses any other query with ROUTE_UNKNOWN. */
function numbersIn({ req }: Context<CallEnv>, names: readonly string[]): Readonly<Record<string, string>> {
  const given = req.query();
  for (const [name, value] of Object.entries(given))
    if (!names.includes(name) || !/^\d{1,18}$/.test(value)) throw new Refused('ROUTE_UNKNOWN');
  return given;
}

/** Forwards the request without a body. The query may have these parameters, which are numeric. */
function forward(...query: readonly string[]): Answer {
  return context => {
    const { req, env } = context;
    const search = new URLSearchParams(numbersIn(context, query)).toString();
    return ask(env.config, { method: req.method, path: req.path + (search && `?${search}`) });
  };
}

function forwardJson(limit?: number): Answer {
  return async context => {
    numbersIn(context, []);
    const { env, req } = context;
    const body = JSON.stringify(await bodyOf(req.raw, v.unknown(), limit));
    return ask(env.config, { method: 'POST', path: req.path, body });
  };
}

const message = v.looseObject({
  chatType: v.string(),
  chatId: v.optional(v.string()),
  phone: v.optional(v.string()),
});

/** Sends a test message only to a valid phone number, because a wrong country code would reach a stranger. */
async function sendMessage({ env: { config }, req }: Context<CallEnv>): Promise<Response> {
  const asked = await bodyOf(req.raw, message);
  if (!isNumber(asked.chatId ?? asked.phone ?? '')) throw new Refused('BAD_CONTACT');
  return ask(config, { method: 'POST', path: '/v3/message', body: JSON.stringify(asked) });
}

const windowRequest = v.looseObject({});

/**
 * The window opens with the rights of the user it is requested for, so that user is always the caller. Their name is not sent:
 * the service knows its employees, and would sign messages with any name that a page made up.
 */
async function ownWindow({ env: { caller, config }, req }: Context<CallEnv>): Promise<Response> {
  const asked = await bodyOf(req.raw, windowRequest);
  const body = JSON.stringify({ ...asked, user: { id: caller.employeeId } });
  return ask(config, { method: 'POST', path: '/v3/iframe', body });
}
