/** amoCRM and Kommo: one integration and one API, with separate accounts. */
import * as v from 'valibot';
import type { Fetch } from '../../http/fetch.ts';
import type { GuestKit, TokenLife } from '../kit.ts';
import type { Integration } from '../oauth.ts';
import { askCrm, isAdministrator } from './api.ts';
import { crmThrough } from './crm.ts';
import { disabledIn } from './disabling.ts';
import { crmOf, type AccountHosts } from './host.ts';
import { id } from './ids.ts';
import { askForTokens, whereNow } from './oauth.ts';
import { callerOf } from './proof.ts';

const CODE = /^[\w.~-]{1,2000}$/;
const account = v.object({ id, country: v.nullish(v.string(), null) });

/** An access token lives for a day. An unused refresh token dies after three months. */
const TOKEN_LIFE: TokenLife = { margin: 5 * 60_000, early: 4 * 3_600_000, keepAlive: 7 * 86_400_000 };

export function amoCrm({
  fetch,
  integration,
  accountHosts,
  now,
}: {
  readonly fetch: Fetch;
  readonly integration: Integration;
  readonly accountHosts: AccountHosts;
  readonly now: () => Date;
}): GuestKit {
  const { origin: audience } = new URL(integration.redirectUri);
  const { hostOf, originsOf, consentOf } = accountHosts;
  return {
    names: ['amocrm', 'kommo'],
    crmAt(host) {
      const account = hostOf(host);
      return account === null ? null : crmOf(account);
    },
    personalGrants: false,
    tokenLife: TOKEN_LIFE,
    hostOf,
    crmOf,
    proofAt(host, accountId) {
      const origins = originsOf(host);
      const { id: integrationId, secret } = integration;
      return {
        origins,
        callerOf: request =>
          callerOf(request, { issuer: origins[0], accountId, integrationId, secret, audience, now }),
      };
    },
    consentAt(host) {
      const address = new URL(consentOf(host));
      address.searchParams.set('client_id', integration.id);
      // The window in which the person allowed us ends on our own page.
      address.searchParams.set('mode', 'post_message');
      return address;
    },
    arrivalIn(query) {
      const host = hostOf(query.get('referer') ?? '');
      const code = query.get('code') ?? '';
      return host === null || !CODE.test(code) ? null : { host, code, isOfAccount: true };
    },
    isSentByCrm: query => query.has('from_widget'),
    disabledIn: query => disabledIn(query, integration),
    oauth: {
      exchange: (host, code, patience) =>
        askForTokens(fetch, host, integration, { grant_type: 'authorization_code', code }, patience),
      renew: (host, refresh_token, patience) =>
        askForTokens(fetch, host, integration, { grant_type: 'refresh_token', refresh_token }, patience),
      whereNow: (held, accountId, patience) => whereNow(fetch, held, accountId, patience),
      isAdministrator: (access, patience) => isAdministrator(fetch, access, patience),
      async accountAt(access, patience) {
        const answer = await askCrm(fetch, access, 'account', patience);
        const read = v.safeParse(
          account,
          typeof answer === 'object' && answer.kind === 'answered' ? answer.json : null,
        );
        return read.success ? read.output : null;
      },
    },
    ask: (access, question, patience) => askCrm(fetch, access, question, patience),
    through: crmThrough,
  };
}
