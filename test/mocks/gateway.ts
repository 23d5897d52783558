/**
 * The server as one account's pages see it, in memory: the real gateway, preceded by the account's connections. For
 * stages where the server is never restarted; the sandbox has the real one.
 */
import { http, type RequestHandler } from 'msw';
import * as v from 'valibot';
import { MODE_OF } from '../../server/chat/wazzup/key-kind.ts';
import { bodyOf } from '../../server/http/body.ts';
import { handle, proven } from '../../server/gateway/handle.ts';
import { refusal, Refused } from '../../server/http/refusal.ts';
import { mayAnswerClients } from '../../server/gateway/settings.ts';
import type { KeyKind } from '../world/chat.ts';
import type { World } from '../world/world.ts';
import { answerClaims } from './claims.ts';
import { answerAbout, clientsRoute, type EmulatedClients } from './clients.ts';
import { gatewayConfigFor, type Memory } from './gateway-config.ts';

export type Standing = {
  /** Whether the CRM has reported the installation to the server. */
  isHeard: boolean;
  /** Whether the CRM grants the server access. */
  isLetIn: boolean;
  /** The ways to connect a chat service. */
  ways: readonly ('cabinet' | 'key')[];
  /** Whether an admin can allow changing roles that the key can only read. */
  roles: 'none' | 'offered' | 'given' | 'ended';
  /** Increases with each connection. */
  since: number;
};
export const usualStanding = (): Standing => ({
  isHeard: true,
  isLetIn: true,
  ways: ['cabinet', 'key'],
  roles: 'none',
  since: 1,
});

export type GatewayStage = {
  readonly world: World;
  /** The kind of the connected key; null for none. */
  keyKind: KeyKind | null;
  readonly standing: Standing;
  /** The comparison of both sides; null for a server without it. */
  clients: EmulatedClients | null;
  /** Remembered across connections. */
  readonly memory: Memory;
};

const pasted = v.object({ key: v.string(), replaces: v.optional(v.boolean(), false) });

export function gatewayHandler(stage: GatewayStage): RequestHandler {
  const { world, standing, memory } = stage;

  async function look(request: Request) {
    const { key, replaces } = await bodyOf(request, pasted);
    const keyKind = world.chat.keys.get(key);
    if (!keyKind) throw new Refused('KEY_NOT_TAKEN');
    return { keyKind, mode: MODE_OF[keyKind], channels: world.chat.channels, replaces };
  }
  /** Undefined for requests that are not about the connection. */
  async function connection(request: Request): Promise<unknown> {
    if (!standing.isHeard) throw new Refused('ACCOUNT_UNKNOWN');
    switch (`${request.method} ${new URL(request.url).pathname}`) {
      case 'GET /connection':
        return {
          mode: stage.keyKind && MODE_OF[stage.keyKind],
          connectedAt: stage.keyKind && new Date(standing.since).toISOString(),
          access: standing.isLetIn ? 'given' : 'missing',
          ways: standing.ways,
          roles: standing.roles,
        };
      case 'POST /connection/look':
        return look(request);
      case 'POST /connection/journey':
        return { address: `${world.options.gatewayOrigin}/connect/a-journey` };
      case 'PUT /connection': {
        const { keyKind, replaces } = await look(request);
        if (stage.keyKind !== null && !replaces) throw new Refused('CONNECTED_ALREADY');
        stage.keyKind = keyKind;
        standing.since += 1;
        return { keyKind };
      }
      case 'DELETE /connection':
        stage.keyKind = null;
        return { keyKind: null };
      default:
        return undefined;
    }
  }

  return http.all(`${world.options.gatewayOrigin}/*`, async ({ request }) => {
    const { keyKind } = stage;
    const config = gatewayConfigFor(world, { keyKind: keyKind ?? 'partner' }, memory);
    const { pathname } = new URL(request.url);
    const isOwn = pathname.startsWith('/own') || pathname.startsWith('/history');
    const isForChat = keyKind !== null && !pathname.startsWith('/connection');
    const { clients } = stage;
    const route = clientsRoute(`${request.method} ${pathname}`);
    if (clients && route && standing.isHeard)
      return proven(request, config, async caller =>
        answerAbout(clients, { route, caller, now: world.clock.now() }),
      );
    if (standing.isHeard && pathname.startsWith('/claims'))
      return proven(request, config, async ({ employeeId }) => {
        const follow = (keyKind !== null && config.follow) || null;
        const mayTell = (): Promise<boolean> =>
          mayAnswerClients(employeeId, { ...config, patience: AbortSignal.timeout(10_000) });
        const claims = { world, claims: memory.claims, follow, mayTell };
        const answer = await answerClaims(request, claims, employeeId);
        return answer ?? refusal('ROUTE_UNKNOWN');
      });
    if (standing.isHeard && (isOwn || isForChat)) return handle(request, config);
    return proven(request, config, async () => {
      const answer = await connection(request);
      if (answer === undefined) throw new Refused('CHAT_NOT_CONNECTED');
      return Response.json(answer);
    });
  });
}
