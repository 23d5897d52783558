/**
 * An emulated company of Pipedrive with our pages in its frames, the real server and the chat service's window. All of it
 * is one world behind one port, like the sandbox of amoCRM (../sandbox.ts).
 */
import type { PageFiles } from '../../../server/frames/files.ts';
import type { Database } from '../../../server/store/database.ts';
import type { Answer } from '../../mocks/answer.ts';
import { listen } from '../../mocks/http.ts';
import type { KeyKind } from '../../world/chat.ts';
import { ADMIN, type Language } from '../../world/people.ts';
import type { Company, CompanyDraft } from '../../world/pipedrive/company.ts';
import { createWorld, type World } from '../../world/world.ts';
import { addressesOn, siteOf, type Person } from '../addresses.ts';
import { chatSite } from '../chat-site.ts';
import { ownDatabase } from '../database.ts';
import { newOffice } from '../office.ts';
import { buildPageFiles } from '../page-files.ts';
import { giveRoles, READY_SETTINGS, ROLE_HOLDERS } from '../ready-office.ts';
import type { SandboxRequest } from '../sandbox-state.ts';
import { sent } from '../sent.ts';
import { pagesOrigin, placeOf } from './addresses.ts';
import { pipedriveSite } from './crm-site.ts';
import { pipedriveServer, type PipedriveServer } from './server-site.ts';

export type PipedriveSandboxOptions = {
  /** Our built pages. */
  readonly files: PageFiles;
  /** The server's database. By default, all sandboxes of a process share one. */
  readonly database?: Database;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Number of users in the company, at least 5. */
  readonly size?: number;
  readonly language?: Language;
  readonly company?: Partial<CompanyDraft>;
  /** All employees with a role have given access, the chat account is connected, and a client has written. */
  readonly ready?: boolean;
  readonly keyKind?: KeyKind;
  /** Whether Pipedrive refuses requests beyond its limits. */
  readonly limiter?: boolean;
  /** Whether the company has a version of the app with modals. */
  readonly modals?: 'registered' | 'missing';
};

export type PipedriveSandbox = Omit<PipedriveServer, 'answer' | 'close'> & {
  readonly world: World;
  readonly company: Company;
  /** Its path `/person/101` is the page of a person. Its root is the app's settings. */
  readonly addressOf: (person: Person) => string;
  readonly settingsOf: (person: Person) => string;
  readonly gatewayAddress: string;
  /** The requests of pages to the server, and of the server to the CRM and the chat service, in order. */
  readonly requests: readonly SandboxRequest[];
  readonly close: () => Promise<void>;
};

export async function startPipedriveSandbox({
  files,
  database,
  port = 0,
  size = 5,
  language = 'en',
  company: draft = {},
  ready = false,
  keyKind = 'partner',
  limiter = false,
  modals = 'registered',
}: PipedriveSandboxOptions): Promise<PipedriveSandbox> {
  const [pages, kept] = await Promise.all([buildPageFiles(), database ?? ownDatabase()]);
  let route: (request: Request) => Promise<Answer> = starting;
  const mount = await listen(request => route(request), { port });
  const addresses = addressesOn(mount.port);
  const world = createWorld({
    office: newOffice(),
    size,
    language,
    gatewayOrigin: addresses.gateway,
    chatOrigin: addresses.chats,
    send: request => sent(request, mount.port, route),
  });
  const company = world.pipedrive.openCompany({ domain: 'acme', name: 'Acme', ...draft });
  company.limits.areOn = limiter;
  const requests: SandboxRequest[] = [];
  const server = pipedriveServer({
    world,
    company,
    addresses,
    port: mount.port,
    database: kept,
    files,
    requests,
  });
  const crm = pipedriveSite({ world, files: pages, server: addresses.gateway, port: mount.port, modals });
  const chats = chatSite({ world, pages, addresses });
  route = request => {
    const { kind } = siteOf(request);
    if (kind === 'gateway') return server.answer(request);
    if (kind === 'chats') return chats(request);
    return placeOf(new URL(request.url).hostname) ? crm(request) : nobody();
  };
  if (ready) await furnish(world, company, server, keyKind);

  const settings = `/settings/marketplace/app/${world.pipedrive.app.clientId}/app-settings`;
  const addressOf = (person: Person): string => pagesOrigin(company, person, mount.port);
  return {
    ...server,
    world,
    company,
    addressOf,
    settingsOf: person => addressOf(person) + settings,
    gatewayAddress: addresses.gateway,
    requests,
    async close() {
      await server.close();
      await mount.close();
    },
  };
}

async function furnish(
  world: World,
  company: Company,
  server: PipedriveServer,
  keyKind: KeyKind,
): Promise<void> {
  giveRoles(world.chat, company.users);
  for (const id of ROLE_HOLDERS) await server.allow(id);
  await server.connect(keyKind);
  const saved = await server.ask(ADMIN, 'PUT /own-settings', READY_SETTINGS, '"0"');
  if (!saved.ok) throw new Error(`The settings were not saved: ${saved.status}`);
  world.clientWritesTo(company);
}

const starting = async (): Promise<Answer> => new Response(null, { status: 503 });
const nobody = async (): Promise<Answer> => new Response(null, { status: 421 });
