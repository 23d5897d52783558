/**
 * The addresses to which the CRM sends codes: from its own servers after Install, and through a browser after a consent.
 * A code that a browser brings never starts a session for the person at that browser.
 */
import { Hono } from 'hono';
import { endPage, languageOf } from '../pages/page.ts';
import type { GuestKit } from '../crm/kit.ts';
import type { Arrivals } from './arrival.ts';

/** The network address that a request came from, if it is known. */
type RequestContext = { readonly from?: string | undefined };

export function installRoutes(given: {
  readonly arrivals: Arrivals;
  /** Exactly as it is registered with the CRM. */
  readonly redirectUri: string;
  readonly kit: Pick<GuestKit, 'arrivalIn' | 'consentAt' | 'hostOf' | 'isSentByCrm'>;
}): Hono<{ Bindings: RequestContext }> {
  const { arrivals, redirectUri, kit } = given;
  return new Hono<{ Bindings: RequestContext }>()
    .get(new URL(redirectUri).pathname, async context => {
      const query = new URL(context.req.url).searchParams;
      const arrived = kit.arrivalIn(query);
      const isKept = !arrived || (await arrivals.receive(arrived, context.env.from ?? null)) !== null;
      if (kit.isSentByCrm(query) || !isKept) return new Response(null, { status: isKept ? 200 : 429 });
      return endPage(context, languageOf(context), query.has('code') ? 'allowed' : 'declined');
    })
    .get('/allow', async context => {
      const host = kit.hostOf(context.req.query('from') ?? '');
      if (host === null) return endPage(context, languageOf(context), 'not-sent');
      return context.redirect(kit.consentAt(host).href, 303);
    });
}
