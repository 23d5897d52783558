/**
 * The pages of an emulated company of Pipedrive, with our frames in them. The host name says who uses the page:
 * `seller-a.acme.pipedrive.localhost`.
 */
import hub from '../../../widget/package/pipedrive/hub.json' with { type: 'json' };
import { signedToken } from '../../mocks/pipedrive/signed-token.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import { PEOPLE } from '../addresses.ts';
import { escapeHtml } from '../escape.ts';
import { fileResponse } from '../file-response.ts';
import type { PageFiles } from '../page-files.ts';
import type { Boot } from './page/boot.ts';

export const UI_HOSTS = 'pipedrive.localhost';
const RECORD = /^\/(person|deal|organization)\/(\d+)$/;

type Given = {
  readonly company: Company;
  readonly files: PageFiles;
  /** Our server's origin for browsers. */
  readonly server: string;
  /** Companies with an older version of the app have no modals. */
  readonly modals?: 'registered' | 'missing';
};

/** The modals by the names under which they are registered in the Developer Hub. */
const modalsAt = (server: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    hub.extensions.flatMap(({ type, name, url }) => (type === 'Custom modal' ? [[name, server + url]] : [])),
  );

export function uiSite({
  company,
  files,
  server,
  modals = 'registered',
}: Given): (request: Request) => Promise<Response> {
  const settings = `/settings/marketplace/app/${company.app.clientId}/app-settings`;
  return async request => {
    const { pathname, hostname, searchParams } = new URL(request.url);
    const me = company.users.get(personOn(hostname));
    if (pathname.startsWith('/assets/')) {
      const name = pathname.slice('/assets/'.length);
      const file = files.file(name);
      return file === undefined ? absent() : fileResponse(name, file);
    }
    if (!me) return absent();
    if (pathname === '/_page/token') return Response.json({ token: await signedToken(company, me.id) });
    const [, resource = '', id = ''] = RECORD.exec(pathname) ?? [];
    if (resource === '' && pathname !== settings) return absent();
    const boot: Boot = {
      language: company.language,
      company: { id: company.id, name: company.name, origin: company.origin },
      me: { id: me.id, name: me.name },
      theme: searchParams.get('theme') === 'dark' ? 'dark' : 'light',
      record: resource === '' ? null : recordOf(company, resource, Number(id)),
      app: {
        name: 'Chat roles',
        clientId: company.app.clientId,
        panel: `${server}/pipedrive/panel`,
        settings: `${server}/pipedrive/settings`,
        modals: modals === 'registered' ? modalsAt(server) : {},
      },
    };
    return documentFor(boot);
  };
}

/** The id of the person; 0 if the host name contains no known person. */
function personOn(hostname: string): number {
  const [name = ''] = hostname.split('.');
  const person = Object.entries(PEOPLE).find(([known]) => known === name);
  return person ? person[1].employeeId : 0;
}

function recordOf(company: Company, resource: string, id: number): Boot['record'] {
  const person = company.persons.get(id);
  const deal = company.deals.get(id);
  const nameOf = (userId: number): string => company.users.get(userId)?.name ?? `${userId}`;
  if (resource === 'person')
    return {
      resource,
      id,
      title: person?.name ?? 'Hidden',
      owner: person ? nameOf(person.ownerId) : '',
      lines: person?.phones.map(({ value }) => value) ?? [],
    };
  if (resource === 'deal')
    return {
      resource,
      id,
      title: deal?.title ?? 'Hidden',
      owner: deal ? nameOf(deal.ownerId) : '',
      lines: [],
    };
  return { resource: 'organization', id, title: 'Organization', owner: '', lines: [] };
}

const absent = (): Response => new Response(null, { status: 404 });

const documentFor = (boot: Boot): Response =>
  new Response(
    `<!doctype html>
<html lang="en" data-theme="${boot.theme}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${escapeHtml(boot.record?.title ?? boot.app.name)} – Pipedrive</title>
  <link rel="stylesheet" href="/assets/pipedrive-page.css">
</head>
<body>
  <script type="application/json" id="boot">${JSON.stringify(boot).replaceAll('<', '\\u003c')}</script>
  <script type="module" src="/assets/pipedrive-page.js"></script>
</body>
</html>`,
    { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } },
  );
