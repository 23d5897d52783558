/**
 * The built pages in the frames of an emulated company. A small server answers them, so that a test can choose the answers.
 * The stories use the real server.
 */
import { decodeJwt } from 'jose';
import type { Browser, FrameLocator, Page } from 'playwright';
import { expect } from 'vitest';
import { listen } from '../../mocks/http.ts';
import { buildPageFiles } from '../../sandbox/page-files.ts';
import { UI_HOSTS, uiSite } from '../../sandbox/pipedrive/ui-site.ts';
import { builtPage } from '../../support/built-pages.ts';
import { pipedriveStage } from '../../support/listening-pipedrive.ts';
import { NOBODY } from '../../world/people.ts';
import type { Company } from '../../world/pipedrive/company.ts';

export type Asked = { readonly route: string; readonly token: string; readonly userId: unknown };
/** The answer of our server. `undefined`: the usual one. */
export type Answers = (route: string, times: number) => Response | undefined | Promise<Response | undefined>;

export type Framed = {
  readonly company: Company;
  /** The requests that the pages have sent to our server, without those for files and for the admins' settings. */
  readonly asked: Asked[];
  readonly open: (path: string, options?: Opening) => Promise<Page>;
  readonly panel: (page: Page) => FrameLocator;
  readonly origin: (host: string) => string;
};
type Opening = {
  readonly locale?: string;
  readonly who?: string;
  readonly height?: number;
  /** Prepares the page before it is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
};

export async function framed(
  browser: Browser,
  act: (stage: Framed) => Promise<void>,
  { answers = () => undefined, locale = 'en', documents }: Setting = {},
): Promise<void> {
  const { company } = pipedriveStage({}, { language: 'en' });
  const files = await buildPageFiles();
  const asked: Asked[] = [];
  const pages: Page[] = [];
  const complaints: string[] = [];
  let site: ReturnType<typeof uiSite> | undefined;
  const ours = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const built = builtPage(pathname);
    if (built) return built;
    const route = `${request.method} ${pathname.replace('/pipedrive/api', '')}${search}`;
    const token = request.headers.get('x-auth-token') ?? '';
    asked.push({ route, token, userId: token === '' ? null : decodeJwt(token)['userId'] });
    const times = asked.filter(one => one.route === route).length;
    return (await answers(route, times)) ?? usual(company, locale, route, token);
  };
  const mount = await listen(async request => {
    const { hostname, pathname } = new URL(request.url);
    if (hostname === 'server.localhost') return ours(request);
    return (
      documents?.(pathname, origin('server.localhost')) ??
      site?.(request) ??
      new Response(null, { status: 404 })
    );
  });
  const origin = (host: string): string => `http://${host}:${mount.port}`;
  site = uiSite({ company, files, server: origin('server.localhost') });
  const stage: Framed = {
    company,
    asked,
    origin,
    panel: page => page.frameLocator('iframe'),
    async open(path, { locale: preferred = 'en-GB', who = 'seller-a', height = 800, before } = {}) {
      const page = await browser.newPage({ viewport: { width: 1280, height }, locale: preferred });
      await before?.(page);
      pages.push(page);
      page.on('pageerror', error => complaints.push(error.message));
      page.on('console', message => {
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
          complaints.push(message.text());
      });
      await page.goto(`${origin(`${who}.acme.${UI_HOSTS}`)}${path}`);
      return page;
    },
  };
  try {
    await act(stage);
    // The pages load nothing inline and nothing from other origins, and throw no errors.
    expect(complaints).toEqual([]);
  } finally {
    await Promise.all(pages.map(page => page.close()));
    await mount.close();
  }
}

type Setting = {
  readonly answers?: Answers;
  /** The person's language in the CRM. */
  readonly locale?: string;
  /** Pages around a frame that are not the CRM's. */
  readonly documents?: (path: string, server: string) => Response | undefined;
};

function usual(company: Company, locale: string, route: string, token: string): Response {
  const [, resource, id = '0'] = /^GET \/page(?:\?resource=(\w+)&id=(\d+))?$/.exec(route) ?? [];
  if (route.startsWith('GET /page')) {
    const me = company.users.get(Number(decodeJwt(token)['userId']));
    const deal = resource === 'deal' ? company.deals.get(Number(id)) : undefined;
    const person = company.persons.get(resource === 'deal' ? (deal?.personId ?? 0) : Number(id));
    return Response.json({
      me: { id: String(me?.id), name: me?.name, isAdmin: me?.id === 8001, phone: null },
      account: { id: String(company.id), country: company.country, origin: company.origin },
      locale,
      employees: [...company.users.values()].map(user => ({
        id: String(user.id),
        name: user.name,
        isActive: user.isActive,
        isAdmin: user.id === 8001,
        groupId: null,
      })),
      client: person
        ? {
            contactId: String(person.id),
            dealId: deal ? String(deal.id) : null,
            name: person.name,
            ownerId: String(person.ownerId),
            visibleTo: person.visibleTo,
            hasOthers: false,
            phones: [],
            dealIds: [],
          }
        : null,
      ownSettings: { version: '1', settings: { v: 1, standInOwners: [String(NOBODY)] } },
    });
  }
  return Response.json({ error: 'ROUTE_UNKNOWN' }, { status: 501 });
}
