/** A company of Pipedrive, and our app as a server uses it: codes, pairs of tokens, API requests. */
import { allowedAddress } from '../mocks/pipedrive/consent.ts';
import { basicOf } from '../mocks/pipedrive/basic.ts';
import { pipedriveHosts } from '../mocks/pipedrive/hosts.ts';
import { standingClock } from '../world/clock.ts';
import { ADMIN } from '../world/people.ts';
import type { Company, CompanyDraft } from '../world/pipedrive/company.ts';
import { createWorld, type World, type WorldOptions } from '../world/world.ts';

export type PipedrivePair = {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly api_domain: string;
};
export type AskingPipedrive = {
  readonly pair?: PipedrivePair;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};
/** `GET https://…`; a route that begins with a path goes to the first company. */
export type AskPipedrive = (route: string, asking?: AskingPipedrive) => Promise<Response>;

export type PipedriveStage = { readonly world: World; readonly company: Company; readonly ask: AskPipedrive };

export function pipedriveStage(
  draft: Partial<CompanyDraft> = {},
  options: Partial<WorldOptions> = {},
): PipedriveStage {
  const world = createWorld({ clock: standingClock(), ...options });
  const company = world.pipedrive.openCompany({ domain: 'acme', ...draft });
  return { world, company, ask: askingPipedrive(world, company.origin) };
}

export function askingPipedrive(world: World, home: string): AskPipedrive {
  const hosts = pipedriveHosts(world);
  return async (route, { pair, json, form, headers = {} } = {}) => {
    const [method = 'GET', path = '/'] = route.split(' ');
    const all = new Headers(headers);
    if (pair && !all.has('Authorization')) all.set('Authorization', `Bearer ${pair.access_token}`);
    if (json !== undefined) all.set('Content-Type', 'application/json');
    const body = form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json);
    const answered = await hosts(new Request(new URL(path, home), { method, headers: all, body }));
    if (!(answered instanceof Response)) throw new Error(`${route} was not answered`);
    return answered;
  };
}

export const TOKEN = 'POST https://oauth.pipedrive.com/oauth/token';

/** Our server's request to the token endpoint. */
export const grantAsked = ({ pipedrive: { app } }: World, form: Record<string, string>): AskingPipedrive => ({
  form,
  headers: { Authorization: basicOf(app) },
});

export const pipedriveCodeOf = (world: World, company: Company, userId = ADMIN): string =>
  allowedAddress(world, company, userId).searchParams.get('code') ?? '';

/** As if that person had just allowed the app. */
export async function pipedrivePair(
  { world, company, ask }: PipedriveStage,
  userId = ADMIN,
  of = company,
): Promise<PipedrivePair> {
  const code = pipedriveCodeOf(world, of, userId);
  const redirect_uri = world.pipedrive.app.callback;
  const answered = await ask(
    TOKEN,
    grantAsked(world, { grant_type: 'authorization_code', code, redirect_uri }),
  );
  return answered.json();
}

export type ConnectedPipedrive = PipedriveStage & {
  /** The JSON of an answer, which must be successful. */
  readonly read: (path: string) => Promise<ReadAnswer>;
};
type ReadAnswer = Awaited<ReturnType<Response['json']>>;

/** A company in which that person has allowed the app. All requests use their token. */
export async function connectedPipedrive(
  userId = ADMIN,
  draft: Partial<CompanyDraft> = {},
  options: Partial<WorldOptions> = {},
): Promise<ConnectedPipedrive> {
  const stage = pipedriveStage(draft, options);
  const pair = await pipedrivePair(stage, userId);
  const ask: AskPipedrive = (route, asking = {}) => stage.ask(route, { pair, ...asking });
  return {
    ...stage,
    ask,
    async read(path) {
      const answered = await ask(`GET ${path}`);
      if (!answered.ok) throw new Error(`GET ${path} was answered with ${answered.status}`);
      return answered.json();
    },
  };
}
