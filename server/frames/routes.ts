/**
 * The routes at /pipedrive: our pages that Pipedrive shows in frames, the requests of these pages, and the consent. The
 * pages have the server's own origin, so only the token says which account a request is about.
 */
import { Hono } from 'hono';
import { isOneOf } from '../../domain/one-of.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Account, AccountEnv, RequestContext } from '../call.ts';
import type { Caller } from '../caller.ts';
import type { FramedKit } from '../crm/framed.ts';
import type { Integration } from '../crm/oauth.ts';
import type { AnswerAs } from '../gateway/handle.ts';
import { proven } from '../gateway/handle.ts';
import { refused } from '../gateway/routes.ts';
import { Refused } from '../http/refusal.ts';
import type { HeardOwners } from '../hooks/heard-owners.ts';
import type { OwnSettings } from '../own-settings/own-settings.ts';
import type { Database } from '../store/database.ts';
import type { Pace } from '../store/pace.ts';
import { lookingOften, payingIn } from './allowance.ts';
import { allowingRoutes } from './allowing.ts';
import { askingAs } from './asking.ts';
import { fileRoutes, type PageFiles } from './files.ts';
import { pageRoute } from './page-route.ts';
import { PASS, passRoutes } from './pass.ts';
import { watchesWith } from './watch.ts';
import { CHANGES, WATCH, watchRoutes } from './watch-routes.ts';

export type FramesGiven = {
  readonly integration: Pick<Integration, 'redirectUri' | 'secret'>;
  readonly files: PageFiles;
  readonly database: Database;
  readonly kit: FramedKit;
  readonly accounts: Pick<Accounts, 'arrivals' | 'grants' | 'takenBack'>;
  readonly pace: Pace;
  readonly ownSettings: Pick<OwnSettings, 'read'>;
  readonly heardOwners: Pick<HeardOwners, 'of'>;
  readonly answerAs: AnswerAs;
  readonly now: () => Date;
};

const API = '/pipedrive/api';
/** In tokens of the company's daily budget. Most requests read at most one record, which costs this much. */
const USUAL_COST = 2;

export function frameRoutes(given: FramesGiven): Hono<{ Bindings: RequestContext }> {
  const { database, kit, accounts, now } = given;
  // The pages have the same origin as the callback.
  const { origin } = new URL(given.integration.redirectUri);
  const pay = payingIn(given.pace);
  const askAs = askingAs({ grants: accounts.grants, kit });
  const watches = watchesWith({ ...given, secret: given.integration.secret });
  const ownRoutes = new Hono<AccountEnv>()
    .route('/', pageRoute({ ...given, askAs, watches }))
    .route('/', watchRoutes({ ...given, askAs, watches, lookOften: lookingOften(now) }))
    .route('/', passRoutes({ ...given, askAs, pay }))
    .onError(refused);
  const isOwn = (path: string): boolean => isOneOf(path, ['/page', CHANGES, WATCH]) || path.startsWith(PASS);
  /** Requests that are passed on to the CRM are paid for by their own price. */
  const isFree = (path: string): boolean => path === CHANGES || path.startsWith(PASS);

  async function accountOf({ account: { crm, id } }: Caller): Promise<Account> {
    const found = await database
      .selectFrom('account')
      .select(['id', 'crmAccountId', 'host'])
      .where('crm', '=', crm)
      .where('crmAccountId', '=', id)
      .where('state', 'not in', ['disabled', 'purged'])
      .executeTakeFirst();
    if (!found) throw new Refused('ACCOUNT_UNKNOWN');
    return found;
  }

  async function answerPage(request: Request, context: RequestContext): Promise<Response> {
    const address = new URL(request.url);
    address.pathname = address.pathname.slice(API.length);
    const asked = new Request(address, request);
    const proof = {
      ...context,
      origins: [origin],
      callerOf: kit.callerOf,
      now,
    };
    return proven(asked, proof, async caller => {
      const account = await accountOf(caller);
      context.onAccount?.(account.id);
      const whose = { accountId: account.id, employeeId: caller.employeeId };
      if (!isFree(address.pathname)) await pay(whose, USUAL_COST);
      return isOwn(address.pathname)
        ? ownRoutes.fetch(asked, { account, caller, proof })
        : given.answerAs(asked, account, proof, caller);
    });
  }

  return new Hono<{ Bindings: RequestContext }>()
    .route('/', allowingRoutes({ ...given, ...accounts }))
    .route('/', fileRoutes({ files: given.files, frameAncestors: kit.frameAncestors }))
    .all(`${API}/*`, ({ req, env }) => answerPage(req.raw, env))
    .onError(refused);
}
