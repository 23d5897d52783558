/**
 * The pages on which a journey to the chat service begins and ends. Browsers come here without a token: a cookie that this
 * server gave to the one that an administrator sent says whose journey it is. Other sites' forms come without the cookie.
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
/** Its id and its secret. What no database takes is not looked for. */
const HELD = /^[\w-]+\.[\w-]+$/;
/** The cookie is sent to paths in here alone. */
export const FOLDER = '/connect';

const form = v.object({ answer: v.picklist(['yes', 'no']), replaces: v.optional(v.string()) });

export type JourneyGiven = ConnectionChange & {
  readonly journeys: Journeys;
  /** Each null where the service does not know us so. */
  readonly marketplace: Marketplace | null;
  readonly partner: PartnerJourneys | null;
  readonly fetch: Fetch;
  readonly hosts: { readonly api: string };
  /** This server's own. */
  readonly origin: string;
};

export function journeyRoutes(given: JourneyGiven): Hono {
  const { journeys, marketplace, partner, fetch, hosts, origin, ...changing } = given;
  const { connections } = changing;
  const isSecure = origin.startsWith('https:');

  const heldBy = (context: Context): readonly string[] => {
    const held = getCookie(context, COOKIE) ?? '';
    return HELD.test(held) ? held.split('.') : [];
  };
  async function journeyOf(context: Context): Promise<Journey | null> {
    const [id, secret] = heldBy(context);
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
      // Nothing was sent on its way from this browser: the state may be anybody's, and is not spent.
      if (journey?.purpose !== 'connect' || !marketplace) return ended(context, 'not-sent');
      const { language } = journey;
      if (!/^[\w.~+/=-]{1,2000}$/.test(state)) return ended(context, 'not-taken', language);
      try {
        const key = await keyFor(fetch, hosts, marketplace, state);
        const { keyKind, channels } = await connections.look(key);
        // A key of this kind writes no roles, whatever it reads.
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
      // Whoever comes twice with one code sees the question again; the code is not spent again.
      if (await journeys.brought(journey)) return context.redirect(`${FOLDER}/question`, 303);
      const arrived = await partner.arrived(journey, heldBy(context)[1] ?? '', context.req.query());
      if (typeof arrived === 'string') {
        // A forged one ends nothing that the administrator has begun: the browser keeps its cookie.
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
        // The service's own site leads back here.
        sameSite: 'Lax',
        maxAge: 20 * 60,
      });
      return context.redirect(to, 303);
    });
}
