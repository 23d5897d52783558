/** The configuration of a gateway that stands between one emulated CRM account and its chat account. */
import type { GatewayConfig } from '../../gateway/handle.ts';
import { createMutex } from '../../gateway/mutex.ts';
import type { KeyKind } from '../world/chat.ts';
import type { World } from '../world/world.ts';

export type ConfigOverrides = {
  readonly origins?: readonly string[];
  readonly keyKind?: KeyKind;
  readonly api?: string;
  readonly settings?: string;
  readonly admins?: readonly string[];
};

/** Each call makes a mutex of its own: keep the answer for as long as the gateway lives. */
export function gatewayConfigFor(world: World, overrides: ConfigOverrides = {}): GatewayConfig {
  const { account, integration } = world.crm;
  const { keyKind = 'partner' } = overrides;
  return {
    crm: {
      origins: overrides.origins ?? [account.origin],
      issuer: account.origin,
      integrationId: integration.uuid,
      secret: integration.secret,
    },
    audience: integration.audience,
    wazzup: {
      key: keyOf(world, keyKind),
      keyKind,
      api: overrides.api ?? 'https://api.wazzup24.com',
      settings: overrides.settings ?? 'https://tech.wazzup24.com',
    },
    admins: overrides.admins ?? [],
    exclusive: createMutex(),
    now: () => new Date(world.clock.now()),
  };
}

function keyOf(world: World, wanted: KeyKind): string {
  const found = [...world.chat.keys].find(([, kind]) => kind === wanted);
  if (!found) throw new Error(`This world's chat account has no ${wanted} key`);
  return found[0];
}
