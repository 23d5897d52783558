/**
 * An administrator's way to the service's consent page for writing roles, and back. The service does not say which account a
 * token opens, so the token's channels are compared with those of the connected account: the roles of another account must be
 * neither read nor written here.
 */
import * as v from 'valibot';
import { exchange } from '../http/exchange.ts';
import type { Fetch } from '../http/fetch.ts';
import { boundedJson } from '../http/body.ts';
import { digestOf } from '../store/digest.ts';
import { channelsNow } from '../chat/wazzup/channels.ts';
import type { Connections } from './connection.ts';
import type { Brought, Journey } from './journey.ts';
import type { Ending } from '../pages/page.ts';
import type { PartnerGrants } from './partner-grant.ts';
import { askForPartnerTokens, consentAddress, type Partner } from '../chat/wazzup/partner/oauth.ts';
import { askPartnerSettings } from './partner-roles.ts';
import { settingsFromPartner } from '../chat/wazzup/partner/settings-wire.ts';

export type PartnerJourneys = {
  /** The address to which the browser with this secret is sent. */
  readonly addressFor: (secret: string) => Promise<string>;
  /** What the browser has brought back, or why there is nothing. */
  readonly arrived: (
    journey: Journey,
    secret: string,
    query: Readonly<Record<string, string>>,
  ) => Promise<Brought | Ending>;
  /** Called after the administrator's yes. False when the account has meanwhile been connected with another key. */
  readonly keep: (journey: Journey, brought: Brought) => Promise<boolean>;
};

/** The redirect address registered with the service. */
export const CALLBACK = '/connect/partner';

/** Both are derived from the browser's secret, and neither reveals the other. */
const stateOf = (secret: string): string => digestOf(`state ${secret}`);
const verifierOf = (secret: string): string => digestOf(`verifier ${secret}`);

const id = v.pipe(v.string(), v.toLowerCase());
const ours = v.array(v.looseObject({ channelId: id }));
/** `phone` takes the place of the older API's `plainId` (read in one client). */
const theirs = v.pipe(
  boundedJson,
  v.object({
    data: v.array(
      v.object({
        channel_id: id,
        name: v.nullish(v.string(), ''),
        phone: v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), ''),
      }),
    ),
  }),
);
const tokens = v.object({
  access: v.string(),
  refresh: v.nullable(v.string()),
  expiresInSeconds: v.number(),
});
const brought = v.pipe(v.string(), v.parseJson(), v.object({ tokens, keyDigest: v.string() }));

export function createPartnerJourneys(given: {
  readonly partner: Partner;
  readonly connections: Connections;
  readonly grants: PartnerGrants;
  readonly fetch: Fetch;
  readonly hosts: { readonly api: string; readonly settings: string };
  /** This server's own origin. */
  readonly origin: string;
}): PartnerJourneys {
  const { partner, connections, grants, fetch, hosts, origin } = given;
  const redirectUri = origin + CALLBACK;
  const host = hosts.settings;

  async function channelsOf(token: string): Promise<v.InferOutput<typeof theirs>['data'] | null> {
    const bounds = { milliseconds: 15_000, bytes: 4_000_000, unreadable: 'SERVICE_UNREADABLE' } as const;
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await exchange(fetch, `${host}/v2/channels`, { headers }, bounds);
    const { success, output } = v.safeParse(theirs, answer.text);
    return answer.ok && success ? output.data : null;
  }

  async function looked(journey: Journey, code: string, secret: string): Promise<Brought | Ending> {
    const connection = await connections.of(journey.accountId);
    if (!connection) return 'not-sent';
    const patience = new AbortController().signal;
    const asked = { code, redirectUri, verifier: verifierOf(secret) };
    const answer = await askForPartnerTokens({ fetch, host, patience }, partner, asked);
    if (answer.kind !== 'tokens') return answer.kind === 'dead' ? 'not-taken' : 'not-yet';
    const { access } = answer.tokens;
    const there = await channelsOf(access);
    const here = v.parse(
      ours,
      (await channelsNow(connection, { fetch, api: hosts.api, leaving: patience })).all,
    );
    if (!there || !isSame(here, there)) return 'other-account';
    const settings = await askPartnerSettings({ fetch, host, patience }, access, { method: 'GET' });
    if (!settings.ok || settingsFromPartner(settings.text) === null) return 'roles-unreadable';
    return {
      key: JSON.stringify({ tokens: answer.tokens, keyDigest: digestOf(connection.key) }),
      keyKind: 'partner',
      channels: there.map(({ name, phone }) => ({ name, plainId: phone })),
    };
  }

  return {
    addressFor: secret =>
      consentAddress(host, partner, { redirectUri, state: stateOf(secret), verifier: verifierOf(secret) }),
    async arrived(journey, secret, { state = '', code = '', error }) {
      if (state !== stateOf(secret)) return 'not-sent';
      if (error !== undefined) return 'declined';
      if (!/^[\w.~+/=-]{1,2000}$/.test(code)) return 'not-taken';
      // The code is spent by now, so the same request cannot be repeated.
      return looked(journey, code, secret).catch(() => 'not-taken');
    },
    keep: ({ accountId, employeeId }, { key }) =>
      grants.keep(accountId, { ...v.parse(brought, key), employeeId }),
  };
}

/** Without channels nothing shows that both are the same account. */
const isSame = (
  here: readonly { readonly channelId: string }[],
  there: readonly { readonly channel_id: string }[],
): boolean => {
  const known = new Set(here.map(({ channelId }) => channelId));
  const others = new Set(there.map(({ channel_id }) => channel_id));
  return known.size > 0 && known.size === others.size && [...others].every(one => known.has(one));
};
