/**
 * All hosts of the CRM: one per account, the API's own for all accounts of a zone, and the vendor's site, where people
 * allow an integration. Any other address is not the CRM's.
 */
import type { RequestHandler } from 'msw';
import type { Crm } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { answer, type Answer } from '../answer.ts';
import { apiHostOf, readAccessToken } from './access-token.ts';
import { bearerOf } from './bearer.ts';
import { consentHandlers } from './consent.ts';
import { crmHandlers } from './handlers.ts';
import { problem } from './problem.ts';
import type { WhoAsks } from './router.ts';
import { subdomainAnswer } from './subdomain.ts';

/** Undefined if the host is not the CRM's. */
export function crmHosts(
  world: World,
  whoAsks: (crm: Crm, request: Request) => number | undefined = () => undefined,
): (request: Request) => Promise<Answer | undefined> {
  const perAccount = new WeakMap<Crm, readonly RequestHandler[]>();
  const handlersOf = (crm: Crm): readonly RequestHandler[] => {
    const own: WhoAsks = request => whoAsks(crm, request);
    const handlers = perAccount.get(crm) ?? crmHandlers(world.seenFrom(crm), own);
    perAccount.set(crm, handlers);
    return handlers;
  };
  const consent = consentHandlers(world, whoAsks);

  return async request => {
    const host = hostOf(request);
    const account = world.accounts.find(one => new URL(one.account.origin).host === host);
    if (account) return answer(world, handlersOf(account), request);
    const zone = zonesOf(world).find(one => host.endsWith(`.${one}`));
    if (zone === undefined) return undefined;
    if (host === `www.${zone}`) return answer(world, consent, request);
    if (host !== apiHostOf(zone)) return noSuchAccount();
    const answered = await subdomainAnswer(world, request);
    if (answered) return answered;
    const asked = await accountOfToken(world, request);
    return asked ? answer(world, handlersOf(asked), request) : problem(401, 'Unauthorized');
  };
}

const zonesOf = ({ accounts }: World): string[] => [...new Set(accounts.map(({ account }) => account.zone))];

/** The host as written by the client, also behind a proxy. */
const hostOf = ({ url, headers }: Request): string =>
  (headers.get('X-Forwarded-Host') ?? new URL(url).host).toLowerCase();

/** The account was renamed or never existed. */
const noSuchAccount = (): Response => problem(401, 'Account not found', { code: 101 });

async function accountOfToken(world: World, request: Request): Promise<Crm | undefined> {
  const claims = await readAccessToken(world, bearerOf(request) ?? '');
  return world.accounts.find(({ account }) => account.id === claims?.accountId);
}
