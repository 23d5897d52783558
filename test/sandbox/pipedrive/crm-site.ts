/** The parts of Pipedrive that browsers open: the pages of each company, and the consent page. */
import type { RequestHandler } from 'msw';
import { answer, type Answer } from '../../mocks/answer.ts';
import { consentHandlers } from '../../mocks/pipedrive/consent.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import type { World } from '../../world/world.ts';
import { isBrowsersOwn, PEOPLE } from '../addresses.ts';
import type { PageFiles } from '../page-files.ts';
import { cookieIn } from '../session.ts';
import { COOKIE_DOMAIN, OAUTH_HOST, pagesOrigin, personWith, placeOf } from './addresses.ts';
import { uiSite } from './ui-site.ts';

const COOKIE = 'person';

type Given = {
  readonly world: World;
  readonly files: PageFiles;
  /** Our server's origin for browsers. */
  readonly server: string;
  readonly port: number;
  readonly modals: 'registered' | 'missing';
};

export function pipedriveSite({
  world,
  files,
  server,
  port,
  modals,
}: Given): (request: Request) => Promise<Answer> {
  const pages = new WeakMap<Company, (request: Request) => Promise<Response>>();
  const pagesOf = (company: Company): ((request: Request) => Promise<Response>) => {
    const site = pages.get(company) ?? uiSite({ company, files, server, modals });
    pages.set(company, site);
    return site;
  };
  const consent: readonly RequestHandler[] = consentHandlers(world, (_company, request) => loggedIn(request));

  return async request => {
    const { hostname, pathname, search } = new URL(request.url);
    if (isBrowsersOwn(pathname)) return new Response(null, { status: 204 });
    if (hostname === OAUTH_HOST) return answer(world, consent, request);
    const place = placeOf(hostname);
    const company = world.pipedrive.companies.find(({ domain }) => domain === place?.domain);
    if (!place || !company) return new Response(null, { status: 404 });
    if (place.person === undefined) {
      const person = personWith(loggedIn(request) ?? 0) ?? 'office';
      return led(`${pagesOrigin(company, person, port)}${pathname}${search}`);
    }
    const answered = await pagesOf(company)(request);
    if (isDocument(answered)) answered.headers.append('Set-Cookie', logIn(PEOPLE[place.person].employeeId));
    return answered;
  };
}

const loggedIn = ({ headers }: Request): number | undefined => {
  const value = cookieIn(headers.get('Cookie') ?? '', COOKIE);
  return value === undefined ? undefined : Number(value);
};

/** The person whose page was opened last in a browser is logged in there. */
const logIn = (employeeId: number): string =>
  `${COOKIE}=${employeeId}; Domain=${COOKIE_DOMAIN}; Path=/; HttpOnly; SameSite=Lax`;

const isDocument = ({ headers }: Response): boolean =>
  headers.get('Content-Type')?.startsWith('text/html') === true;

const led = (address: string): Response =>
  new Response(null, { status: 302, headers: { Location: address } });
