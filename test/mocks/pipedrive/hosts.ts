/** All hosts of Pipedrive: one per company, and the one where people allow apps and tokens are issued. */
import type { RequestHandler } from 'msw';
import type { Company } from '../../world/pipedrive/company.ts';
import type { World } from '../../world/world.ts';
import { answer, type Answer } from '../answer.ts';
import { webhookCarrier } from './carrier.ts';
import { consentHandlers, type WhoAsks } from './consent.ts';
import { pipedriveRoutes } from './routes.ts';
import { routed } from './router.ts';
import { tokenRoutes } from './token.ts';
import { isForPipedrive } from './zone.ts';

/** Undefined if the host is not Pipedrive's. Mounting it also starts sending its webhooks. */
export function pipedriveHosts(
  world: World,
  whoAsks: WhoAsks = () => undefined,
): (request: Request) => Promise<Answer | undefined> {
  world.carryPipedriveHooks(webhookCarrier(world));
  const perCompany = new WeakMap<Company, readonly RequestHandler[]>();
  const handlersOf = (company: Company): readonly RequestHandler[] => {
    const handlers = perCompany.get(company) ?? [routed(world, company, pipedriveRoutes(world))];
    perCompany.set(company, handlers);
    return handlers;
  };
  const oauth = [...tokenRoutes(world), ...consentHandlers(world, whoAsks)];

  return async request => {
    if (!isForPipedrive(request)) return undefined;
    const { host } = new URL(request.url);
    if (host === 'oauth.pipedrive.com') return answer(world, oauth, request);
    const company = world.pipedrive.companies.find(one => one.host === host);
    return company ? answer(world, handlersOf(company), request) : noSuchCompany();
  };
}

/** The answer of such a host is not documented. */
const noSuchCompany = (): Response => new Response('Not found', { status: 404 });
