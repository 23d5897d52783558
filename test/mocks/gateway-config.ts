/** The configuration of a gateway between one emulated CRM account and its chat account. */
import { callerOf } from '../../server/crm/amocrm/proof.ts';
import type { GatewayConfig } from '../../server/gateway/config.ts';
import type { Copies } from '../../server/chat/copy.ts';
import { emulatedClaims, type EmulatedClaims } from './claims.ts';
import { copiesInMemory, followIn } from './follow.ts';
import { historyInMemory } from './history.ts';
import { ownSettingsInMemory } from './own-settings.ts';
import { leasesInMemory } from './leases.ts';
import type { KeyKind } from '../world/chat.ts';
import type { World } from '../world/world.ts';

export type ConfigOverrides = {
  readonly origins?: readonly string[];
  readonly keyKind?: KeyKind;
  readonly api?: string;
  readonly settings?: string;
  readonly admins?: readonly string[];
};

/** What a gateway remembers for its whole life, even if everything else is reconfigured. */
export type Memory = Pick<GatewayConfig, 'withLease' | 'history' | 'ownSettings'> & {
  readonly copies: Copies;
  readonly claims: EmulatedClaims;
};

export function gatewayMemory({ clock }: World): Memory {
  const history = historyInMemory(() => new Date(clock.now()));
  return {
    withLease: leasesInMemory(),
    history,
    ownSettings: ownSettingsInMemory(history),
    copies: copiesInMemory(),
    claims: emulatedClaims(),
  };
}

export function gatewayConfigFor(
  world: World,
  overrides: ConfigOverrides = {},
  memory = gatewayMemory(world),
): GatewayConfig {
  const { account, integration } = world.crm;
  const { keyKind = 'partner' } = overrides;
  const now = (): Date => new Date(world.clock.now());
  const { copies, claims: _, ...remembered } = memory;
  const wazzup = {
    key: keyOf(world, keyKind),
    keyKind,
    api: overrides.api ?? 'https://api.wazzup24.com',
    settings: overrides.settings ?? 'https://tech.wazzup24.com',
  };
  return {
    origins: overrides.origins ?? [account.origin],
    callerOf: request =>
      callerOf(request, {
        issuer: account.origin,
        integrationId: integration.uuid,
        secret: integration.secret,
        audience: integration.audience,
        now,
      }),
    wazzup,
    follow: followIn(world, { wazzup, ownSettings: memory.ownSettings }, copies),
    admins: overrides.admins ?? [],
    ...remembered,
    now,
  };
}

function keyOf(world: World, wanted: KeyKind): string {
  const found = [...world.chat.keys].find(([, kind]) => kind === wanted);
  if (!found) throw new Error(`This world's chat account has no ${wanted} key`);
  return found[0];
}
