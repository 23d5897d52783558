/** The gateway's configuration as environment variables: five that an account needs, five that have defaults. */
import * as v from 'valibot';
import type { GatewayConfig } from './config.ts';
import { createMutex } from './mutex.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Its message is one sentence for whoever starts the gateway, and names the variable. */
export class Misconfigured extends Error {
  override name = 'Misconfigured';
}

const MEANING = {
  CRM_ORIGIN: 'the address of the CRM account, such as https://example.amocrm.ru',
  INTEGRATION_ID: 'the id of the integration, shown on its Keys tab in the CRM',
  INTEGRATION_SECRET: 'the secret key of the integration, shown on its Keys tab in the CRM',
  GATEWAY_ORIGIN:
    "this gateway's own address, such as https://chat.example.com: that of the integration's redirect URL",
  WAZZUP_KEY: "the chat service's API key",
  WAZZUP_API: "the address of the chat service's API",
  WAZZUP_SETTINGS: "the address of the chat service's roles",
  WAZZUP_KEY_KIND: 'partner, v3 or sidecar',
  PORT: 'a port between 0 and 65535',
} as const;
type Name = keyof typeof MEANING;

const origin = v.pipe(
  v.string(),
  v.url(),
  v.transform(address => new URL(address).origin),
);
const secret = v.pipe(v.string(), v.nonEmpty());
const port = v.pipe(v.string(), v.digits(), v.transform(Number), v.maxValue(65_535));

/** Throws `Misconfigured`. */
export function configFrom(env: Environment): { readonly config: GatewayConfig; readonly port: number } {
  const crmOrigin = read(env, 'CRM_ORIGIN', origin);
  const config: GatewayConfig = {
    crm: {
      origins: [crmOrigin],
      issuer: crmOrigin,
      integrationId: read(env, 'INTEGRATION_ID', secret),
      secret: read(env, 'INTEGRATION_SECRET', secret),
    },
    audience: read(env, 'GATEWAY_ORIGIN', origin),
    wazzup: {
      key: read(env, 'WAZZUP_KEY', secret),
      keyKind: read(env, 'WAZZUP_KEY_KIND', v.picklist(['partner', 'v3', 'sidecar']), 'partner'),
      api: read(env, 'WAZZUP_API', origin, 'https://api.wazzup24.com'),
      settings: read(env, 'WAZZUP_SETTINGS', origin, 'https://tech.wazzup24.com'),
    },
    admins: (env['ADMINS'] ?? '').split(',').flatMap(id => id.trim() || []),
    exclusive: createMutex(),
  };
  return { config, port: read(env, 'PORT', port, '8080') };
}

function read<S extends v.GenericSchema<string, unknown>>(
  env: Environment,
  name: Name,
  schema: S,
  usual?: string,
): v.InferOutput<S> {
  // A variable that is set to nothing is how many platforms spell "not set".
  const given = env[name] || usual;
  if (given === undefined) throw new Misconfigured(`${name} is missing: set it to ${MEANING[name]}.`);
  const { success, output } = v.safeParse(schema, given);
  if (!success) throw new Misconfigured(`${name} is not understood: set it to ${MEANING[name]}.`);
  return output;
}
