/**
 * The CRM's three hosts: pages, files, the sandbox's own addresses and, for all else, the emulated API.
 * Only the last of these counts as a request of the widget.
 */
import { answer, type Answer } from '../mocks/answer.ts';
import { crmHandlers } from '../mocks/amocrm/handlers.ts';
import { isBrowsersOwn } from './addresses.ts';
import { bootFor } from './boot.ts';
import { contactsResponse } from './contacts.ts';
import { dealsResponse } from './deals.ts';
import { crmDocument, sideBySideDocument } from './documents.ts';
import { fileResponse } from './file-response.ts';
import { HOSTILE_CODE, hostileFile } from './hostile-package.ts';
import type { SandboxState } from './sandbox-state.ts';
import { cookieOf, logIn, whoAsks } from './session.ts';
import { stageApi } from './stage.ts';
import { areaOf, completedList } from './widget-list.ts';

const PAGES =
  /^\/(contacts(\/add|\/list\/contacts|\/detail\/\d+)?|leads(\/detail\/\d+)?|settings\/widgets|side-by-side)?\/?$/;
const absent = (): Response => new Response(null, { status: 404 });

/** `owner` is the employee who is logged in on the first visit of the host that was asked. */
export function crmSite(state: SandboxState): (request: Request, owner: number) => Promise<Answer> {
  const { world, events } = state;
  const stage = stageApi(state);
  const handlers = crmHandlers(world, request => whoAsks(world, request));

  const api = async (request: Request): Promise<Answer> => {
    const { pathname } = new URL(request.url);
    state.requests.push({
      person: whoAsks(world, request),
      to: 'crm',
      method: request.method,
      url: request.url,
    });
    const area = pathname === '/ajax/widgets/list' ? await areaOf(request) : undefined;
    const answered = await answer(world, handlers, request);
    if (area === undefined || typeof answered === 'string' || !answered.ok) return answered;
    return completedList(answered, area, state);
  };

  return async (request, owner) => {
    const { pathname } = new URL(request.url);
    const me = whoAsks(world, request);
    if (request.method === 'GET' && PAGES.test(pathname))
      return page(state, request, me ?? owner, me === undefined);
    if (pathname === '/login') return switchPerson(state, request);
    if (pathname.startsWith('/assets/')) return asset(state, pathname.slice('/assets/'.length));
    if (pathname.startsWith('/upl/')) return packageFile(state, pathname);
    if (pathname === '/_page/events') return events.open(request);
    if (pathname === '/_page/time') return Response.json({ now: world.clock.now() });
    if (/^\/_page\/(contacts|leads)/.test(pathname)) {
      if (me === undefined) return new Response(null, { status: 401 });
      const response = pathname.startsWith('/_page/leads') ? dealsResponse : contactsResponse;
      return response(world, me, request);
    }
    if (pathname.startsWith('/_stage/')) return stage(request, me ?? owner);
    if (isBrowsersOwn(pathname)) return new Response(null, { status: 204 });
    return api(request);
  };
}

function page(state: SandboxState, request: Request, personId: number, newcomer: boolean): Response {
  const { world, addresses } = state;
  const person = world.crm.users.get(personId);
  if (!person) return absent();
  const document = new URL(request.url).pathname.startsWith('/side-by-side')
    ? sideBySideDocument(
        world.options.language,
        (['seller-a', 'seller-b'] as const).map(name => ({ name, address: addresses.person(name) })),
      )
    : crmDocument(
        bootFor(world, person, cookieOf(request, 'theme') === '2' ? 2 : 1, state.frontVersion()),
        world.crm.account.name,
      );
  if (newcomer) document.headers.append('set-cookie', logIn(world, personId));
  return document;
}

async function switchPerson({ world }: SandboxState, request: Request): Promise<Response> {
  const employeeId = Number(new URLSearchParams(await request.text()).get('employee'));
  if (!world.crm.users.has(employeeId)) return new Response(null, { status: 400 });
  return new Response(null, {
    status: 303,
    headers: { location: '/', 'set-cookie': logIn(world, employeeId) },
  });
}

function asset({ pages }: SandboxState, name: string): Response {
  const file = pages.file(name);
  return file === undefined ? absent() : fileResponse(name, file);
}

async function packageFile({ world, package: ours }: SandboxState, pathname: string): Promise<Response> {
  const [, code, path = ''] = /^\/upl\/([^/]+)\/widget\/(.+)$/.exec(pathname) ?? [];
  if (code === HOSTILE_CODE) {
    const file = await hostileFile(path);
    return file ? fileResponse(path.startsWith('images/') ? 'logo.svg' : path, file) : absent();
  }
  const file = code === world.crm.integration.code ? ours.file(path) : undefined;
  return file ? fileResponse(path, Uint8Array.from(file)) : absent();
}
