/** Pipedrive's kit. There is one app, to which each employee of a company gives access for themselves. */
import type { Fetch } from '../../http/fetch.ts';
import * as v from 'valibot';
import { isFrom } from '../../http/basic.ts';
import type { FramedKit } from '../framed.ts';
import type { TokenLife } from '../kit.ts';
import type { Integration } from '../oauth.ts';
import { askPipedrive } from './api.ts';
import { pipedriveThrough } from './crm.ts';
import { askPlainly } from './ask-plainly.ts';
import { OAUTH_HOST, pipedriveAt, type PipedrivePages } from './host.ts';
import { exchangeCode, meAt, renewTokens } from './oauth.ts';
import { clientOn } from './page-client.ts';
import { employeesOn, groupsOn, meOn } from './page-people.ts';
import { passFor } from './passes.ts';
import { callerOf } from './proof.ts';

/** An access token is valid for an hour. An unused refresh token expires after sixty days. */
const TOKEN_LIFE: TokenLife = { margin: 5 * 60_000, early: 20 * 60_000, keepAlive: 7 * 86_400_000 };
const CODE = /^[\w.~+/=:-]{1,2000}$/;

const id = v.pipe(v.number(), v.safeInteger(), v.transform(String));
const takenBack = v.object({ company_id: id, user_id: id });

export const pipedrive = ({
  fetch,
  integration,
  jwtSecret,
  pages,
  now,
}: {
  readonly fetch: Fetch;
  readonly integration: Integration;
  /** Signs the tokens that Pipedrive gives to our pages. */
  readonly jwtSecret: string;
  readonly pages: PipedrivePages;
  readonly now: () => Date;
}): FramedKit => ({
  names: ['pipedrive'],
  crmAt: pipedriveAt,
  personalGrants: true,
  tokenLife: TOKEN_LIFE,
  arrivalIn(query) {
    const code = query.get('code') ?? '';
    return CODE.test(code) ? { host: OAUTH_HOST, code, isOfAccount: false } : null;
  },
  oauth: {
    exchange: (_host, code, patience) => exchangeCode(fetch, integration, code, patience),
    renew: (_host, refresh, patience) => renewTokens(fetch, integration, refresh, patience),
    // All tokens are renewed at one host, and its answer names the company's current host.
    whereNow: async () => ({ kind: 'gone' }),
    isAdministrator: async (access, patience) => (await meAt(fetch, access, patience))?.isAdmin ?? null,
    async accountAt(access, patience) {
      const me = await meAt(fetch, access, patience);
      return me && { id: me.accountId, country: me.country };
    },
  },
  ask: (access, question, patience) => askPipedrive(fetch, access, question, patience),
  through: pipedriveThrough,
  callerOf: request => callerOf(request, { secret: jwtSecret, now }),
  consentAt(state) {
    const address = new URL(pages.consent);
    address.searchParams.set('client_id', integration.id);
    address.searchParams.set('redirect_uri', integration.redirectUri);
    address.searchParams.set('state', state);
    return address;
  },
  settingsAt: host => `${pages.originOf(host)}/settings/marketplace/app/${integration.id}/app-settings`,
  originOf: pages.originOf,
  frameAncestors: pages.frameAncestors,
  isSentByCrm: headers => isFrom(headers, { user: integration.id, password: integration.secret }),
  takenBackIn(json) {
    const { success, output } = v.safeParse(takenBack, json);
    if (!success) return null;
    return { account: { crm: 'pipedrive', id: output.company_id }, employeeId: output.user_id };
  },
  askPlainly: (access, asked, patience) => askPlainly(fetch, access, asked, patience),
  passFor,
  pages: { me: meOn, employees: employeesOn, groups: groupsOn, client: clientOn },
});
