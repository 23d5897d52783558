/**
 * How employees give our server access: each opens the CRM's consent page and comes back with a code. A consent that began
 * on this server comes back with a state that is bound to the browser. An install that began in the marketplace has no
 * state.
 *
 * The CRM's own servers call the same address: with DELETE when an employee has uninstalled the app, with POST when an
 * administrator has shared the app with colleagues. They authenticate with the app's id and secret.
 */
import { Hono, type Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import * as v from 'valibot';
import type { Arrivals } from '../accounts/arrival.ts';
import type { TakenBack } from '../accounts/taken-back.ts';
import type { FramedKit } from '../crm/framed.ts';
import type { Integration } from '../crm/oauth.ts';
import { bodyOf } from '../http/body.ts';
import { Refused } from '../http/refusal.ts';
import { endPage, languageOf, page, wordsIn, type Ending } from '../pages/page.ts';
import { digestOf } from '../store/digest.ts';
import { signedValues } from './signed-value.ts';

/** The network address that a request came from, if it is known. */
type RequestContext = { readonly from?: string | undefined };

const AUTHORIZE = '/pipedrive/authorize';
const ARRIVING = '/pipedrive/arriving';
const STATE_COOKIE = 'allowing';
const FATE_COOKIE = 'arriving';
const STATE_MILLISECONDS = 5 * 60_000;
/** How long a waiting page may ask for the outcome. */
const FATE_MILLISECONDS = 20 * 60_000;
const LOOK_AGAIN_SECONDS = '1';

export type AllowingGiven = {
  readonly integration: Pick<Integration, 'redirectUri' | 'secret'>;
  readonly kit: Pick<FramedKit, 'arrivalIn' | 'consentAt' | 'isSentByCrm' | 'settingsAt' | 'takenBackIn'>;
  readonly arrivals: Pick<Arrivals, 'receive' | 'fateOf'>;
  readonly takenBack: Pick<TakenBack, 'receive'>;
  readonly now: () => Date;
};

export function allowingRoutes(given: AllowingGiven): Hono<{ Bindings: RequestContext }> {
  const { integration, kit, arrivals, now } = given;
  const { pathname: callback, protocol } = new URL(integration.redirectUri);
  const { secret } = integration;
  const states = signedValues({ secret, purpose: 'state', milliseconds: STATE_MILLISECONDS, now });
  const fates = signedValues({ secret, purpose: 'fate', milliseconds: FATE_MILLISECONDS, now });
  const cookie = (path: string, milliseconds: number) =>
    // The CRM's page redirects back here, and the cookie has to be sent then.
    ({
      path,
      httpOnly: true,
      secure: protocol === 'https:',
      sameSite: 'Lax',
      maxAge: milliseconds / 1000,
    }) as const;
  const ended = (context: Context, ending: Ending): Promise<Response> =>
    endPage(context, languageOf(context), ending);

  /** Also true without a state: then the install began in the marketplace. */
  function isOfThisBrowser(context: Context, state: string | undefined): boolean {
    if (state === undefined || state === '') return true;
    const cookieValue = getCookie(context, STATE_COOKIE);
    return cookieValue !== undefined && states.valueIn(state) === digestOf(cookieValue);
  }

  return (
    new Hono<{ Bindings: RequestContext }>()
      .get(AUTHORIZE, context => {
        const secretOfBrowser = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');
        setCookie(context, STATE_COOKIE, secretOfBrowser, cookie(callback, STATE_MILLISECONDS));
        context.header('Cache-Control', 'no-store');
        context.header('Referrer-Policy', 'no-referrer');
        return context.redirect(kit.consentAt(states.sign(digestOf(secretOfBrowser))).href, 303);
      })
      .get(callback, async context => {
        const query = new URL(context.req.url).searchParams;
        if (!isOfThisBrowser(context, query.get('state') ?? undefined)) return ended(context, 'not-allowed');
        deleteCookie(context, STATE_COOKIE, { path: callback });
        const arrived = kit.arrivalIn(query);
        if (!arrived) return ended(context, query.has('error') ? 'declined' : 'not-allowed');
        const fate = await arrivals.receive(arrived, context.env.from ?? null);
        if (fate === null) return new Response(null, { status: 429 });
        setCookie(context, FATE_COOKIE, fates.sign(fate), cookie(ARRIVING, FATE_MILLISECONDS));
        context.header('Referrer-Policy', 'no-referrer');
        return context.redirect(ARRIVING, 303);
      })
      .get(ARRIVING, async context => {
        const kept = fates.valueIn(getCookie(context, FATE_COOKIE) ?? '');
        const fate = kept === null ? null : await arrivals.fateOf(kept);
        if (fate?.kind === 'waiting') {
          context.header('Refresh', LOOK_AGAIN_SECONDS);
          const language = languageOf(context);
          const { page: words } = wordsIn(language);
          return page(context, language, html`<p role="status">${words.arriving}</p>`);
        }
        deleteCookie(context, FATE_COOKIE, { path: ARRIVING });
        if (fate?.kind !== 'connected') return ended(context, 'not-allowed');
        return context.redirect(kit.settingsAt(fate.host), 303);
      })
      .delete(callback, async ({ req }) => {
        if (!kit.isSentByCrm(req.raw.headers)) return new Response(null, { status: 401 });
        const who = kit.takenBackIn(await bodyOf(req.raw, v.unknown()));
        if (!who) throw new Refused('BODY_INVALID');
        await given.takenBack.receive(who.account, who.employeeId);
        return new Response(null, { status: 200 });
      })
      // Nothing to do, because each colleague still gives access themselves.
      .post(
        callback,
        ({ req }) => new Response(null, { status: kit.isSentByCrm(req.raw.headers) ? 200 : 401 }),
      )
  );
}
