/** Everything that may pass through the gateway, and for whom. What is not listed here does not exist. */
import * as v from 'valibot';
import { bodyOf } from './body.ts';
import type { GatewayConfig } from './config.ts';
import { Refused } from './refusal.ts';
import { ask } from './service.ts';
import { mayAnswerClients, readSettings, writeSettings } from './settings.ts';
import type { Caller } from './token.ts';

type Call = {
  readonly request: Request;
  readonly config: GatewayConfig;
  readonly caller: Caller;
  /** With its query. */
  readonly path: string;
};
type Permission = (call: Call) => void | Promise<void>;
export type Route = {
  readonly on: RegExp;
  readonly permission: Permission;
  readonly answer: (call: Call) => Promise<Response>;
};

const employee: Permission = () => {};

const admin: Permission = ({ caller, config }) => {
  if (isAdmin(caller, config)) return;
  const nobodyKnows = caller.isAdmin === undefined && config.admins.length === 0;
  throw new Refused(nobodyKnows ? 'ADMINS_UNKNOWN' : 'ADMINS_ONLY');
};

/** An administrator too: he could give himself the role, and brings the whole account up to date. */
const answersClients: Permission = async ({ caller, config }) => {
  if (isAdmin(caller, config)) return;
  if (!(await mayAnswerClients(caller.employeeId, config))) throw new Refused('ROLE_REQUIRED');
};

const himself: Permission = ({ caller, path }) => {
  if (path !== `/v3/unanswered/${caller.employeeId}`) throw new Refused('NOT_YOURS');
};

/** What is not listed here does not exist. */
export const ROUTES: readonly Route[] = [
  { on: /^GET \/v3\/channels$/, permission: employee, answer: forward },
  { on: /^GET \/settings$/, permission: employee, answer: settingsFor },
  { on: /^GET \/v3\/contacts\/[\w.:-]+$/, permission: employee, answer: forward },

  {
    on: /^PATCH \/settings$/,
    permission: admin,
    answer: ({ request, config }) => writeSettings(request, config),
  },
  { on: /^POST \/v3\/users$/, permission: admin, answer: forwardJson },
  { on: /^POST \/v3\/pipelines$/, permission: admin, answer: forwardJson },
  { on: /^GET \/v3\/users$/, permission: admin, answer: forward },
  { on: /^GET \/v3\/contacts(\?offset=\d+)?$/, permission: admin, answer: forward },
  { on: /^GET \/v3\/deals(\?offset=\d+)?$/, permission: admin, answer: forward },
  { on: /^GET \/v3\/deals\/[\w.:-]+$/, permission: admin, answer: forward },
  { on: /^POST \/v3\/message$/, permission: admin, answer: forwardJson },
  {
    on: /^GET \/v3\/templates\/whatsapp(\?limit=\d+&offset=\d+)?$/,
    permission: admin,
    answer: forward,
  },

  { on: /^POST \/v3\/(contacts|deals)$/, permission: answersClients, answer: forwardJson },
  { on: /^DELETE \/v3\/(contacts|deals)\/[\w.:-]+$/, permission: answersClients, answer: forward },

  { on: /^POST \/v3\/iframe$/, permission: employee, answer: ownWindow },
  { on: /^GET \/v3\/unanswered\/[\w.:-]+$/, permission: himself, answer: forward },
];

export async function answerRoute(
  request: Request,
  config: GatewayConfig,
  caller: Caller,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = pathname + search;
  const route = ROUTES.find(({ on }) => on.test(`${request.method} ${path}`));
  if (!route) throw new Refused('ROUTE_UNKNOWN');
  const call = { request, config, caller, path };
  await route.permission(call);
  return route.answer(call);
}

function isAdmin(caller: Caller, { admins }: GatewayConfig): boolean {
  return caller.isAdmin ?? admins.includes(caller.employeeId);
}

function forward({ request: { method }, config, path }: Call): Promise<Response> {
  return ask(config, { method, path });
}

async function forwardJson({ request, config, path }: Call): Promise<Response> {
  const body = JSON.stringify(await bodyOf(request, v.unknown()));
  return ask(config, { method: 'POST', path, body });
}

function settingsFor({ config, caller }: Call): Promise<Response> {
  return readSettings(config, isAdmin(caller, config));
}

const windowRequest = v.looseObject({ user: v.optional(v.looseObject({}), {}) });

/** The window opens with the rights of the user it is asked for, so that user is always the caller. */
async function ownWindow({ request, config, caller, path }: Call): Promise<Response> {
  const asked = await bodyOf(request, windowRequest);
  const body = JSON.stringify({ ...asked, user: { ...asked.user, id: caller.employeeId } });
  return ask(config, { method: 'POST', path, body });
}
