/**
 * The page on which people allow an integration: `GET /oauth?client_id&state&mode` of the vendor's site. It offers the
 * accounts in which the person is an administrator, and others once an administrator has allowed it there.
 */
import { http, type RequestHandler } from 'msw';
import type { Crm, CrmUser } from '../../world/crm.ts';
import type { Integration } from '../../world/integration.ts';
import type { World } from '../../world/world.ts';
import { lacking } from '../lacking.ts';
import { allowedAddress, deniedAddress } from './installing.ts';

type WhoAsks = (crm: Crm, request: Request) => number | undefined;
type Choice = { readonly crm: Crm; readonly integration: Integration; readonly user: CrmUser };

const PARAMETERS = new Set(['client_id', 'state', 'mode']);
const MODES = new Set(['popup', 'post_message']);

export const consentHandlers = (world: World, whoAsks: WhoAsks): RequestHandler[] => [
  http.get('*/oauth', ({ request }) => {
    const { searchParams: query } = new URL(request.url);
    const unknown = [...query.keys()].filter(name => !PARAMETERS.has(name));
    if (unknown.length > 0)
      return lacking(
        world,
        unknown.map(name => `${request.method} ${new URL(request.url).pathname}?${name}`),
      );
    if (!MODES.has(query.get('mode') ?? 'popup')) {
      return lacking(world, [`GET /oauth?mode=${query.get('mode')}`]);
    }
    const choices = choicesFor(world, whoAsks, request, query.get('client_id') ?? '');
    return choices.length > 0 ? page(query, choices) : html('No account to choose from', 404);
  }),
  http.post('*/oauth', async ({ request }) => {
    const form = new URLSearchParams(await request.text());
    const choices = choicesFor(world, whoAsks, request, form.get('client_id') ?? '');
    const choice = choices.find(({ crm }) => String(crm.account.id) === form.get('account_id'));
    if (!choice) return html('No such account to choose', 400);
    const { crm, integration, user } = choice;
    const state = form.get('state') ?? '';
    const address =
      form.get('decision') === 'allow'
        ? allowedAddress(crm, integration, user, state)
        : deniedAddress(integration, state);
    world.changed();
    return form.get('mode') === 'post_message' ? redirect(address) : popupEnd(address);
  }),
];

function choicesFor(world: World, whoAsks: WhoAsks, request: Request, clientId: string): Choice[] {
  return world.accounts.flatMap(crm => {
    const integration = crm.integrations.get(clientId);
    const user = crm.users.get(whoAsks(crm, request) ?? 0);
    if (integration?.redirectUri === undefined || !user?.isActive) return [];
    const isAllowed = crm.oauth.grants.some(one => one.integrationUuid === clientId && one.isFull);
    return user.isAdmin || isAllowed ? [{ crm, integration, user }] : [];
  });
}

function page(query: URLSearchParams, choices: readonly Choice[]): Response {
  const hidden = [...PARAMETERS].map(
    name => `<input type="hidden" name="${name}" value="${escaped(query.get(name) ?? '')}">`,
  );
  const accounts = choices.map(({ crm: { account } }, at) => {
    const checked = at === 0 ? ' checked' : '';
    return `<p><label><input type="radio" name="account_id" value="${account.id}"${checked}> ${escaped(account.name)} (${escaped(new URL(account.origin).host)})</label></p>`;
  });
  return html(`<form method="post" action="/oauth">
<h1>Allow this integration?</h1>
${[...hidden, ...accounts].join('\n')}
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`);
}

/** Closes the popup and redirects the window that opened it. */
const popupEnd = (address: URL): Response =>
  html(`<p><a href="${escaped(address.href)}">Back</a></p>
<script>
const address = document.querySelector('a').href;
if (window.opener) { window.opener.location = address; window.close(); } else location.replace(address);
</script>`);

const redirect = ({ href }: URL): Response =>
  new Response(null, { status: 302, headers: { Location: href } });

const html = (body: string, status = 200): Response =>
  new Response(`<!doctype html>\n<meta charset="utf-8">\n<title>Access</title>\n${body}`, {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, found => ESCAPES[found] ?? found);
