/**
 * Reads the server's configuration from environment variables. Those of one CRM and the key ring are required; the others have
 * defaults (docs/operations.md).
 */
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { PrivateIntegration } from './private.ts';
import type { Partner } from '../chat/wazzup/partner/oauth.ts';
import type { Marketplace } from '../chat/wazzup/wauth.ts';
import { accountHost } from '../crm/amocrm/host.ts';
import { personIn } from '../crm/amocrm/oauth.ts';
import type { Integration } from '../crm/oauth.ts';
import type { DatabasePlace } from '../store/database.ts';
import { keyRingFrom, type KeyRing } from '../store/seal.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The message is one sentence for the person who starts the server, and names the variable. */
export class Misconfigured extends Error {
  override name = 'Misconfigured';
}

const MEANING = {
  INTEGRATION_ID: 'the id of the integration, shown on its Keys tab in the CRM',
  INTEGRATION_SECRET: 'the secret key of the integration, shown on its Keys tab in the CRM',
  REDIRECT_URI: 'the redirect address of the integration, as it is registered in the CRM',
  PIPEDRIVE_CLIENT_ID: 'the client id of the app, from its page in the Developer Hub',
  PIPEDRIVE_CLIENT_SECRET: 'the client secret of the app, from its page in the Developer Hub',
  PIPEDRIVE_CALLBACK: 'the callback URL of the app, as it is registered in the Developer Hub',
  PIPEDRIVE_JWT_SECRET: "the JWT secret of the app's surfaces, if they have one",
  KEY_RING: 'a name and 32 random bytes in base64url, such as first:…; further ones after commas',
  LONG_LIVED_TOKEN: "a private integration's long-lived token, made on its Keys tab in the CRM",
  CRM_ORIGIN: 'the address of the CRM account, such as https://example.amocrm.ru',
  WAZZUP_API: "the address of the chat service's API",
  WAZZUP_SETTINGS: "the address of the chat service's roles",
  WAZZUP_MARKETPLACE_SECRET:
    "the secret with which the integration is registered in the chat service's marketplace",
  WAZZUP_PARTNER_ID: "the partner's client id, from the chat service's manager",
  WAZZUP_PARTNER_EMAIL: "the address with which the partner logs in to the chat service's cabinet",
  WAZZUP_PARTNER_PASSWORD: "the password of the partner's cabinet in the chat service",
  WAZZUP_CABINET: "the address of the chat service's cabinet",
  DATABASE_URL: 'the address of a PostgreSQL database, such as postgres://user:password@host:5432/name',
  PORT: 'a port between 0 and 65535',
  METRICS_PORT: 'a port between 0 and 65535',
  PROXIES: 'the number of proxies in front of the server, from 0 to 9',
  EGRESS: 'a name that is the same for all instances that reach the CRM from the same address',
} as const;
type Name = keyof typeof MEANING;

const origin = v.pipe(
  v.string(),
  v.url(),
  v.transform(address => new URL(address).origin),
);
const secret = v.pipe(v.string(), v.nonEmpty());
const address = v.pipe(v.string(), v.url());
const keyRing = v.pipe(
  v.string(),
  v.transform(keyRingFrom),
  v.custom<KeyRing>(ring => ring !== null),
);
const databaseUrl = v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\/./));
const port = v.pipe(v.string(), v.digits(), v.transform(Number), v.maxValue(65_535));

const few = v.pipe(v.string(), v.regex(/^\d$/), v.transform(Number));
const name = v.pipe(v.string(), v.regex(/^[\w.:-]{1,60}$/));
const longLived = v.pipe(
  v.string(),
  v.check(token => personIn(token) !== null),
);
const crmHost = v.pipe(
  v.string(),
  v.transform(accountHost),
  v.custom<string>(host => host !== null),
);

type Hosts = { readonly api: string; readonly settings: string };

type ConfiguredPipedrive = {
  readonly integration: Integration;
  readonly jwtSecret: string;
  /** The folder of the built pages. */
  readonly folder: string;
};

export type Configured = {
  readonly place: DatabasePlace;
  readonly port: number;
  /** The port for metrics; null: no metrics are served. */
  readonly metricsPort: number | null;
  /**
   * How many of our own proxies a request passes. The client's address is that many entries from the end of X-Forwarded-For.
   */
  readonly proxies: number;
  readonly egress: string;
  /** At amoCRM and Kommo; undefined when the server is only for Pipedrive. */
  readonly integration: Integration | undefined;
  /** Undefined when the server is not for Pipedrive. */
  readonly pipedrive: ConfiguredPipedrive | undefined;
  readonly ring: KeyRing;
  readonly hosts: Hosts;
  /** Our entry in the chat service's marketplace; undefined: accounts connect with a key. */
  readonly marketplace: Marketplace | undefined;
  /** Our credentials as a partner of the chat service; undefined: administrators are not asked to let us write roles. */
  readonly partner: Partner | undefined;
  /** The one account of a private integration; null: accounts install the integration. */
  readonly own: PrivateIntegration | null;
};

/** Throws `Misconfigured`. */
export const configFrom = (env: Environment): Configured => ({
  place: placeFrom(env),
  port: read(env, 'PORT', port, '8080'),
  metricsPort: env['METRICS_PORT'] ? read(env, 'METRICS_PORT', port) : null,
  proxies: read(env, 'PROXIES', few, '1'),
  egress: read(env, 'EGRESS', name, 'all'),
  integration: isForPipedriveAlone(env)
    ? undefined
    : {
        id: read(env, 'INTEGRATION_ID', secret),
        secret: read(env, 'INTEGRATION_SECRET', secret),
        redirectUri: read(env, 'REDIRECT_URI', address),
      },
  pipedrive: env['PIPEDRIVE_CLIENT_ID'] ? pipedriveFrom(env) : undefined,
  ring: read(env, 'KEY_RING', keyRing),
  hosts: {
    api: read(env, 'WAZZUP_API', origin, 'https://api.wazzup24.com'),
    settings: read(env, 'WAZZUP_SETTINGS', origin, 'https://tech.wazzup24.com'),
  },
  marketplace: env['WAZZUP_MARKETPLACE_SECRET']
    ? {
        secret: read(env, 'WAZZUP_MARKETPLACE_SECRET', secret),
        cabinet: read(env, 'WAZZUP_CABINET', address, 'https://app.wazzup24.com/'),
      }
    : undefined,
  partner: env['WAZZUP_PARTNER_ID']
    ? {
        clientId: read(env, 'WAZZUP_PARTNER_ID', secret),
        email: read(env, 'WAZZUP_PARTNER_EMAIL', secret),
        password: read(env, 'WAZZUP_PARTNER_PASSWORD', secret),
      }
    : undefined,
  own: env['LONG_LIVED_TOKEN']
    ? {
        token: read(env, 'LONG_LIVED_TOKEN', longLived),
        host: read(env, 'CRM_ORIGIN', crmHost),
        chatKey: env['WAZZUP_KEY'] || null,
      }
    : null,
});

const isForPipedriveAlone = (env: Environment): boolean =>
  Boolean(env['PIPEDRIVE_CLIENT_ID']) &&
  !env['INTEGRATION_ID'] &&
  !env['INTEGRATION_SECRET'] &&
  !env['REDIRECT_URI'] &&
  !env['LONG_LIVED_TOKEN'];

function pipedriveFrom(env: Environment): ConfiguredPipedrive {
  const clientSecret = read(env, 'PIPEDRIVE_CLIENT_SECRET', secret);
  return {
    integration: {
      id: read(env, 'PIPEDRIVE_CLIENT_ID', secret),
      secret: clientSecret,
      redirectUri: read(env, 'PIPEDRIVE_CALLBACK', address),
    },
    jwtSecret: read(env, 'PIPEDRIVE_JWT_SECRET', secret, clientSecret),
    folder: env['PIPEDRIVE_PAGES'] || fileURLToPath(new URL('../pipedrive', import.meta.url)),
  };
}

/** PostgreSQL, which several instances share, or a folder that only one instance may use. */
const placeFrom = (env: Environment): DatabasePlace =>
  env['DATABASE_URL']
    ? { kind: 'postgres', url: read(env, 'DATABASE_URL', databaseUrl) }
    : { kind: 'embedded', folder: env['DATA_FOLDER'] || 'server-data' };

function read<S extends v.GenericSchema<string, unknown>>(
  env: Environment,
  name: Name,
  schema: S,
  usual?: string,
): v.InferOutput<S> {
  // Many platforms pass a variable that is not set as an empty one.
  const given = env[name] || usual;
  if (given === undefined) throw new Misconfigured(`${name} is missing: set it to ${MEANING[name]}.`);
  const { success, output } = v.safeParse(schema, given);
  if (!success) throw new Misconfigured(`${name} is not understood: set it to ${MEANING[name]}.`);
  return output;
}
