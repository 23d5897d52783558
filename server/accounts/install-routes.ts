/**
 * Where the CRM sends codes: its own servers when somebody presses Install, and browsers when somebody allows us. What a
 * browser brings is never taken for a session of whoever sits in front of it.
 */
import { Hono } from 'hono';
import { endPage, languageOf } from '../pages/page.ts';
import type { AccountHosts } from '../crm/amocrm/host.ts';
import type { Integration } from '../crm/amocrm/oauth.ts';
import type { Arrivals } from './arrival.ts';

/** The network address that a request came from, where it is known. */
type RequestContext = { readonly from?: string | undefined };

export function installRoutes(given: {
  readonly arrivals: Arrivals;
  readonly integration: Integration;
  readonly accountHosts: AccountHosts;
}): Hono<{ Bindings: RequestContext }> {
  const { arrivals, integration, accountHosts } = given;
  return new Hono<{ Bindings: RequestContext }>()
    .get(new URL(integration.redirectUri).pathname, async context => {
      const query = new URL(context.req.url).searchParams;
      const isKept = await arrivals.receive(query, context.env.from ?? null);
      // The CRM's own servers do not look at the answer.
      if (query.has('from_widget') || !isKept) return new Response(null, { status: isKept ? 200 : 429 });
      return endPage(context, languageOf(context), query.has('code') ? 'allowed' : 'declined');
    })
    .get('/allow', async context => {
      const host = accountHosts.hostOf(context.req.query('from') ?? '');
      if (host === null) return endPage(context, languageOf(context), 'not-sent');
      const address = new URL(accountHosts.consentOf(host));
      address.searchParams.set('client_id', integration.id);
      // Our own page ends in the window that the person allowed us in.
      address.searchParams.set('mode', 'post_message');
      return context.redirect(address.href, 303);
    });
}
