/**
 * The partner API as a table. A property unknown to a route is refused by the service itself, in its own words; a route
 * or parameter that is missing here is named as not emulated.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import type { World } from '../../../world/world.ts';
import { bodyOf } from '../../body.ts';
import { lacking } from '../../lacking.ts';
import { bearerOf } from '../key.ts';
import { enveloped, notValid, unauthorized } from './envelope.ts';

export type PartnerVisit<Body = unknown> = {
  /** The world from the view of the token's account. */
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
};
type Answered = Response | object | null;
export type PartnerRoute = {
  readonly on: string;
  readonly answer: (visit: PartnerVisit) => Answered | Promise<Answered>;
};

/** Without a schema the route accepts no body. The result of `act` becomes `data` of the answer. */
export function partnerRoute<Schema extends v.GenericSchema = v.UndefinedSchema<undefined>>(
  on: string,
  schema: Schema | undefined,
  act: (visit: PartnerVisit<v.InferOutput<Schema>>) => Answered | Promise<Answered>,
): PartnerRoute {
  return {
    on,
    answer(visit) {
      const { success, output, issues = [] } = v.safeParse(schema ?? v.undefined(), visit.body);
      return success ? act({ ...visit, body: output }) : notValid(issues.map(said));
    },
  };
}

function said(issue: v.BaseIssue<unknown>): string {
  const name = v.getDotPath(issue) ?? 'body';
  return issue.expected === 'never' ? `property ${name} should not exist` : `${name} is not valid`;
}

export function partnerRouter(world: World, table: readonly PartnerRoute[]): RequestHandler {
  const routes = table.map(route => ({ route, matches: patternOf(route.on) }));
  return http.all('https://tech.wazzup24.com/v2/*', async ({ request }) => {
    const { pathname, searchParams } = new URL(request.url);
    const asked = `${request.method} ${pathname}`;
    const found = routes.find(({ matches }) => matches.test(asked));
    if (!found) return lacking(world, [asked]);
    const chatId = world.partners.chatOf(bearerOf(request) ?? '');
    const chat = world.chats.find(({ id }) => id === chatId);
    if (!chat) return unauthorized();
    const unknown = [...searchParams.keys()].map(name => `${found.route.on}?${name}`);
    if (unknown.length > 0) return lacking(world, unknown);
    const hasBody = request.method !== 'GET';
    const body = hasBody ? await bodyOf(request) : undefined;
    const params = found.matches.exec(asked)?.groups ?? {};
    const answer = await found.route.answer({ world: world.seenFromChat(chat), params, body });
    if (request.method !== 'GET') world.changed();
    return answer instanceof Response ? answer : enveloped(world.clock, answer);
  });
}

const patternOf = (on: string): RegExp => new RegExp(`^${on.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
