/**
 * The CRM's three hosts: pages, files, the sandbox's own addresses and, for everything else, the emulated API. Only
 * requests to the API count as the widget's.
 */
import { answer, type Answer } from '../mocks/answer.ts';
import { crmHandlers } from '../mocks/amocrm/handlers.ts';
import { isBrowsersOwn } from './addresses.ts';
import { bootFor } from './boot.ts';
import { contactsResponse } from './contacts.ts';
import { dealsResponse } from './deals.ts';
import { crmDocument, sideBySideDocument } from './documents.ts';
import { fileResponse } from './file-response.ts';
import { foreignHandlers, isAbout } from './foreign-widget.ts';
import { HOSTILE_CODE, hostileFile } from './hostile-package.ts';
import { pushesTo } from './push.ts';
import { proxied } from './proxy.ts';
import type { SandboxState } from './sandbox-state.ts';
import type { ServerSite } from './server-site.ts';
import { stageApi } from './stage.ts';
import { areaOf, completedList } from './widget-list.ts';

const PAGES =
  /^\/(contacts(\/add|\/list\/contacts|\/detail\/\d+)?|leads(\/add|\/detail\/\d+)?|settings\/widgets(\/\w+)?|side-by-side)?\/?$/;
const absent = (): Response => new Response(null, { status: 404 });

/** `owner` is the employee logged in on the first visit of the requested host. */
export function crmSite(
  state: SandboxState,
  server: ServerSite,
): (request: Request, owner: number) => Promise<Answer> {
  const { world, events, foreign } = state;
  const { whoAsks } = state.sessions;
  const stage = stageApi(state, server);
  pushesTo(events, world);
  const ours = crmHandlers(world, whoAsks);
  const theirs = foreign && foreignHandlers(world, foreign, whoAsks);

  const api = async (request: Request): Promise<Answer> => {
    const { pathname } = new URL(request.url);
    state.requests.push({
      person: whoAsks(request),
      to: 'crm',
      method: request.method,
      url: request.url,
    });
    const area = pathname === '/ajax/widgets/list' ? await areaOf(request) : undefined;
    const handlers = theirs && isAbout(foreign, pathname) ? theirs : ours;
    const known = world.unhandledRequests.length;
    const answered = await answer(world, handlers, request);
    if (world.unhandledRequests.length > known) events.send('lacking');
    if (typeof answered === 'string') return answered;
    const list = area !== undefined && answered.ok;
    const complete = list ? await completedList(answered, area, state) : answered;
    complete.headers.set('X-Core-Widgets-Cache-Version', String(state.cacheVersion));
    return complete;
  };

  return async (request, owner) => {
    const { pathname } = new URL(request.url);
    const me = whoAsks(request);
    if (request.method === 'GET' && PAGES.test(pathname))
      return page(state, request, me ?? owner, me === undefined);
    if (pathname === '/login') return switchPerson(state, request);
    if (pathname.startsWith('/assets/')) return asset(state, pathname.slice('/assets/'.length));
    if (pathname.startsWith('/upl/')) return packageFile(state, pathname);
    if (pathname === '/_page/events') return events.open(request, me);
    if (pathname === '/_page/time') return Response.json({ now: world.clock.now() });
    if (/^\/_page\/(contacts|leads)/.test(pathname)) {
      if (me === undefined) return new Response(null, { status: 401 });
      const response = pathname.startsWith('/_page/leads') ? dealsResponse : contactsResponse;
      return response(world, me, request);
    }
    if (pathname === '/_page/proxy') return proxied(request, whoAsks);
    if (pathname.startsWith('/_stage/')) return stage(request, me ?? owner);
    if (isBrowsersOwn(pathname)) return new Response(null, { status: 204 });
    // A module of the CRM that the sandbox lacks; the page reports its name.
    if (request.method === 'GET' && pathname.endsWith('.js')) return absent();
    return api(request);
  };
}

function page(state: SandboxState, request: Request, personId: number, newcomer: boolean): Response {
  const { world, addresses, sessions } = state;
  const person = world.crm.users.get(personId);
  if (!person) return absent();
  const document = new URL(request.url).pathname.startsWith('/side-by-side')
    ? sideBySideDocument(
        world.options.language,
        (['seller-a', 'seller-b'] as const).map(name => ({ name, address: addresses.person(name) })),
      )
    : crmDocument(
        bootFor(world, person, sessions.cookie(request, 'theme') === '2' ? 2 : 1, state.frontVersion(), {
          ...state,
          base: addresses.base(request),
        }),
        world.crm.account.name,
        { strictFor: state.strict ? addresses : undefined, quirks: state.quirks },
      );
  if (!newcomer) return document;
  for (const [name, value] of Object.entries(sessions.logIn(request, personId)))
    document.headers.append(name, value);
  return document;
}

async function switchPerson({ world, sessions }: SandboxState, request: Request): Promise<Response> {
  const employeeId = Number(new URLSearchParams(await request.text()).get('employee'));
  if (!world.crm.users.has(employeeId)) return new Response(null, { status: 400 });
  return new Response(null, {
    status: 303,
    headers: { location: '/', ...sessions.logIn(request, employeeId) },
  });
}

function asset({ pages }: SandboxState, name: string): Response {
  const file = pages.file(name);
  return file === undefined ? absent() : fileResponse(name, file);
}

function packageFile({ world, pages, foreign, package: ours }: SandboxState, pathname: string): Response {
  const [, code, path = ''] = /^\/upl\/([^/]+)\/widget\/(.+)$/.exec(pathname) ?? [];
  if (code === HOSTILE_CODE) {
    const file = hostileFile(pages, path);
    return file ? fileResponse(path.startsWith('images/') ? 'logo.svg' : path, file) : absent();
  }
  const opened =
    code === world.crm.integration.code
      ? ours
      : code === foreign?.integration.code
        ? foreign?.package
        : undefined;
  const file = opened?.file(path);
  return file ? fileResponse(path, Uint8Array.from(file)) : absent();
}
