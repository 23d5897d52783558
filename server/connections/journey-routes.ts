/**
 * The pages on which a journey to the chat service begins and ends. Browsers come here without a token. A cookie, given to the
 * browser that an administrator sent here, says whose journey it is. Forms submitted from other sites do not carry the cookie.
 */
import { Hono, type Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import type { Fetch } from '../http/fetch.ts';
import { formOf } from '../http/body.ts';
import { Refused } from '../http/refusal.ts';
import { changeConnection, type ConnectionChange } from './change.ts';
import type { Journey, Journeys } from './journey.ts';
import { endPage, languageOf, type Ending } from '../pages/page.ts';
import { askPage } from './ask-page.ts';
import { CALLBACK, type PartnerJourneys } from './partner-journey.ts';
import { keyFor, type Marketplace } from '../chat/wazzup/wauth.ts';

const COOKIE = 'journey';
/** A journey's id and secret. Anything else is not looked up, because the database may not accept its characters. */
const COOKIE_FORM = /^[\w-]+\.[\w-]+$/;
/** The cookie is sent only to paths in this folder. */
export const FOLDER = '/connect';

const form = v.object({ answer: v.picklist(['yes', 'no']), replaces: v.optional(v.string()) });

export type JourneyGiven = ConnectionChange & {
  readonly journeys: Journeys;
  /** Each is null when the service does not know us in that role. */
  readonly marketplace: Marketplace | null;
  readonly partner: PartnerJourneys | null;
  readonly fetch: Fetch;
  readonly hosts: { readonly api: string };
  /** This server's own origin. */
  readonly origin: string;
};

export function journeyRoutes(given: JourneyGiven): Hono {
  const { journeys, marketplace, partner, fetch, hosts, origin, ...changing } = given;
  const { connections } = changing;
  const isSecure = origin.startsWith('https:');

  const cookieOf = (context: Context): readonly string[] => {
    const cookie = getCookie(context, COOKIE) ?? '';
    return COOKIE_FORM.test(cookie) ? cookie.split('.') : [];
  };
  async function journeyOf(context: Context): Promise<Journey | null> {
    const [id, secret] = cookieOf(context);
    return id && secret ? journeys.of(id, secret) : null;
  }
  const ended = (context: Context, ending: Ending, language?: string): Response | Promise<Response> => {
    if (ending !== 'not-yet') deleteCookie(context, COOKIE, { path: FOLDER });
    return endPage(context, language ?? languageOf(context), ending);
  };

  return new Hono()
    .get(`${FOLDER}/wazzup`, async context => {
      const journey = await journeyOf(context);
      const state = context.req.query('state') ?? '';
      // This browser has started no journey. The state may come from another person, so it is not spent.
      if (journey?.purpose !== 'connect' || !marketplace) return ended(context, 'not-sent');
      const { language } = journey;
      if (!/^[\w.~+/=-]{1,2000}$/.test(state)) return ended(context, 'not-taken', language);
      try {
        const key = await keyFor(fetch, hosts, marketplace, state);
        const { keyKind, channels } = await connections.look(key);
        // A key from the marketplace cannot write roles, even when it reads them.
        await journeys.bring(journey, { key, channels, keyKind: keyKind === 'partner' ? 'v3' : keyKind });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return ended(context, error.code === 'STATE_NOT_TAKEN' ? 'not-taken' : 'not-yet', language);
      }
      return context.redirect(`${FOLDER}/question`, 303);
    })
    .get(CALLBACK, async context => {
      const journey = await journeyOf(context);
      if (journey?.purpose !== 'roles' || !partner) return ended(context, 'not-sent');
      // A second visit with the same code shows the question again without spending the code again.
      if (await journeys.brought(journey)) return context.redirect(`${FOLDER}/question`, 303);
      const arrived = await partner.arrived(journey, cookieOf(context)[1] ?? '', context.req.query());
      if (typeof arrived === 'string') {
        // A forged visit does not end the administrator's journey: the browser keeps its cookie.
        if (arrived === 'not-sent') return endPage(context, journey.language, arrived);
        if (arrived !== 'not-yet') await journeys.end(journey);
        return ended(context, arrived, journey.language);
      }
      await journeys.bring(journey, arrived);
      return context.redirect(`${FOLDER}/question`, 303);
    })
    .get(`${FOLDER}/question`, async context => {
      const journey = await journeyOf(context);
      const brought = journey && (await journeys.brought(journey));
      if (!brought) return ended(context, 'not-sent');
      const { keyKind: now } = await connections.stateOf(journey.accountId);
      return askPage(context, journey, brought, now !== null && journey.purpose === 'connect');
    })
    .post(`${FOLDER}/answer`, async context => {
      const journey = await journeyOf(context);
      const brought = journey && (await journeys.brought(journey));
      if (!brought) return ended(context, 'not-sent');
      const { language } = journey;
      const { answer, replaces } = await formOf(context.req.raw, form);
      if (answer === 'yes' && journey.purpose === 'roles') {
        let isKept = false;
        await changeConnection(changing, { ...journey, origin: null }, 'partner', async () => {
          isKept = (await partner?.keep(journey, brought)) ?? false;
          if (!isKept) throw new Refused('CONNECTED_ALREADY');
          return false;
        }).catch((error: unknown) => {
          if (!(error instanceof Refused)) throw error;
        });
        await journeys.end(journey);
        return ended(context, isKept ? 'connected' : 'not-sent', language);
      }
      if (answer === 'yes') {
        const { key, keyKind } = brought;
        try {
          await changeConnection(changing, { ...journey, origin: null }, keyKind, () =>
            connections.keep(journey.accountId, key, brought, replaces === 'yes'),
          );
        } catch (error) {
          if (error instanceof Refused && error.code === 'CONNECTED_ALREADY')
            return askPage(context, journey, brought, true);
          if (error instanceof Refused && error.code === 'KEY_IN_USE')
            return ended(context, 'in-use', language);
          throw error;
        }
      }
      await journeys.end(journey);
      return ended(context, answer === 'yes' ? 'connected' : 'declined', language);
    })
    .get(`${FOLDER}/:id`, async context => {
      const id = context.req.param('id');
      const opened = await journeys.open(id);
      if (!opened) return ended(context, 'not-sent');
      const { secret, purpose } = opened;
      const to = purpose === 'roles' ? await partner?.addressFor(secret) : marketplace?.cabinet;
      if (to === undefined) return ended(context, 'not-sent');
      setCookie(context, COOKIE, `${id}.${secret}`, {
        path: FOLDER,
        httpOnly: true,
        secure: isSecure,
        // The service's site redirects back here, and `Strict` would withhold the cookie then.
        sameSite: 'Lax',
        maxAge: 20 * 60,
      });
      return context.redirect(to, 303);
    });
}
