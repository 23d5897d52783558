/** The real gateway on its own host, in front of the emulated chat service. */
import { decodeJwt } from 'jose';
import { http } from 'msw';
import { handle, type GatewayConfig } from '../../gateway/handle.ts';
import { answer, type Answer } from '../mocks/answer.ts';
import { gatewayConfigFor } from '../mocks/gateway-config.ts';
import type { SandboxState } from './sandbox-state.ts';

export type Upstream = { readonly api: string; readonly settings: string };

export function gatewaySite(state: SandboxState, upstream: Upstream): (request: Request) => Promise<Answer> {
  const config = configPerKey(state, upstream);
  const handlers = [http.all('*', ({ request }) => handle(request, config()))];
  return request => {
    const { method, url } = request;
    if (method !== 'OPTIONS') state.requests.push({ person: bearerOf(request), to: 'gateway', method, url });
    return answer(state.world, handlers, request);
  };
}

/** A gateway keeps its configuration, and the lock in it, until it is given another key. */
function configPerKey(state: SandboxState, { api, settings }: Upstream): () => GatewayConfig {
  const kept = new Map<string, GatewayConfig>();
  return () => {
    const { keyKind, world, addresses } = state;
    const config =
      kept.get(keyKind) ?? gatewayConfigFor(world, { origins: addresses.crm, keyKind, api, settings });
    kept.set(keyKind, config);
    return config;
  };
}

/** Who the request says it is from, whether or not the gateway will believe it. */
function bearerOf(request: Request): number | undefined {
  try {
    return Number(decodeJwt(request.headers.get('x-auth-token') ?? '')['user_id']);
  } catch {
    return undefined;
  }
}
