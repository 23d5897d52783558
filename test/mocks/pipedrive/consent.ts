/**
 * The page on which a person allows the app: `GET /oauth/authorize?client_id&redirect_uri&state` of
 * oauth.pipedrive.com. It offers the companies in which they work. The scopes are the app's own, so the request names
 * none.
 */
import { http, type RequestHandler } from 'msw';
import type { Company } from '../../world/pipedrive/company.ts';
import type { World } from '../../world/world.ts';
import { lacking } from '../lacking.ts';

/** The user logged in to a company in the browser that sends the request. */
export type WhoAsks = (company: Company, request: Request) => number | undefined;

const PARAMETERS = ['client_id', 'redirect_uri', 'state'];

export const consentHandlers = (world: World, whoAsks: WhoAsks): RequestHandler[] => [
  http.get('*/oauth/authorize', ({ request }) => {
    const { searchParams: query } = new URL(request.url);
    const unknown = [...query.keys()].filter(name => !PARAMETERS.includes(name));
    if (unknown.length > 0)
      return lacking(
        world,
        unknown.map(name => `GET /oauth/authorize?${name}`),
      );
    const wrong = wrongIn(world, query);
    if (wrong) return wrong;
    const companies = companiesFor(world, whoAsks, request);
    return companies.length > 0 ? page(query, companies) : html('Log in to Pipedrive first', 401);
  }),
  http.post('*/oauth/authorize', async ({ request }) => {
    const form = new URLSearchParams(await request.text());
    const wrong = wrongIn(world, form);
    if (wrong) return wrong;
    const company = companiesFor(world, whoAsks, request).find(
      ({ id }) => String(id) === form.get('company_id'),
    );
    if (!company) return html('No such company to choose', 400);
    if (!company.takesApps) return html('App cannot be installed for requested company', 403);
    const state = form.get('state') ?? '';
    const userId = whoAsks(company, request) ?? 0;
    const address =
      form.get('decision') === 'allow'
        ? allowedAddress(world, company, userId, state)
        : deniedAddress(world, state);
    world.changed();
    return new Response(null, { status: 302, headers: { Location: address.href } });
  }),
];

/**
 * Where the person's browser is redirected after allowing the app. An installation that began in the marketplace has no
 * state.
 */
export function allowedAddress(world: World, company: Company, userId: number, state = ''): URL {
  return withQuery(world, { code: world.pipedrive.oauth.consent(company, userId) }, state);
}

export const deniedAddress = (world: World, state = ''): URL =>
  withQuery(world, { error: world.pipedrive.oddities.deniedWord }, state);

function withQuery({ pipedrive }: World, fields: Record<string, string>, state: string): URL {
  const url = new URL(pipedrive.app.callback);
  Object.entries(fields).forEach(([name, value]) => url.searchParams.set(name, value));
  if (state !== '') url.searchParams.set('state', state);
  return url;
}

function wrongIn({ pipedrive: { app } }: World, query: URLSearchParams): Response | undefined {
  if (query.get('client_id') !== app.clientId) return html('No such app', 400);
  return query.get('redirect_uri') === app.callback ? undefined : html('redirect_uri is invalid', 400);
}

const companiesFor = ({ pipedrive }: World, whoAsks: WhoAsks, request: Request): Company[] =>
  pipedrive.companies.filter(company => company.users.get(whoAsks(company, request) ?? 0)?.isActive);

function page(query: URLSearchParams, companies: readonly Company[]): Response {
  const hidden = PARAMETERS.map(
    name => `<input type="hidden" name="${name}" value="${escaped(query.get(name) ?? '')}">`,
  );
  const choices = companies.map(({ id, name, host }, at) => {
    const checked = at === 0 ? ' checked' : '';
    return `<p><label><input type="radio" name="company_id" value="${id}"${checked}> ${escaped(name)} (${host})</label></p>`;
  });
  return html(`<form method="post" action="/oauth/authorize">
<h1>Allow and install this app?</h1>
${[...hidden, ...choices].join('\n')}
<button name="decision" value="allow">Allow and install</button>
<button name="decision" value="deny">Cancel</button>
</form>`);
}

const html = (body: string, status = 200): Response =>
  new Response(`<!doctype html>\n<meta charset="utf-8">\n<title>Install app</title>\n${body}`, {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, found => ESCAPES[found] ?? found);
