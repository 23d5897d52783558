/**
 * The whole outside world inside one Node process, for component tests: the CRM, the gateway, the chat service and its
 * window. All requests through fetch and XMLHttpRequest are answered here; nothing leaves the machine.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { KeyKind } from '../world/chat.ts';
import { createWorld, type World, type WorldOptions } from '../world/world.ts';
import { crmHandlers } from './amocrm/handlers.ts';
import { answer } from './answer.ts';
import type { EmulatedClients } from './clients.ts';
import { gatewayMemory, type Memory } from './gateway-config.ts';
import { gatewayHandler, usualStanding, type Standing } from './gateway.ts';
import { chatWindowHandlers, wazzupHandlers } from './wazzup/handlers.ts';

export type NodeStage = {
  readonly world: World;
  /** The employee logged in to the CRM; undefined for none. */
  person: number | undefined;
  /** The kind of the account's connected key; null for none. */
  keyKind: KeyKind | null;
  readonly standing: Standing;
  /** The server's comparison of both sides; null for a server without it. */
  clients: EmulatedClients | null;
  /** What the server remembers. */
  readonly memory: Memory;
  /** "METHOD url" of every request by the page, in order. */
  readonly requests: readonly string[];
  /** "METHOD url" of the gateway's requests to the chat service on behalf of the page, in order. */
  readonly upstream: readonly string[];
  /** Resolves when no request is in progress, neither the page's nor the gateway's. */
  readonly quiet: () => Promise<void>;
  /** Restores fetch and XMLHttpRequest. */
  readonly close: () => void;
};

const CHAT_SERVICE = new Set(['https://api.wazzup24.com', 'https://tech.wazzup24.com']);

/** Only one stage may be open: close it before the next. */
export function stageInNode(options: Partial<WorldOptions> & { readonly person?: number } = {}): NodeStage {
  const world = createWorld(options);
  const requests: string[] = [];
  const upstream: string[] = [];
  const underWay = new Set<Promise<unknown>>();
  const server = setupServer();
  const stage: NodeStage = {
    world,
    person: options.person,
    keyKind: 'partner',
    standing: usualStanding(),
    clients: null,
    memory: gatewayMemory(world),
    requests,
    upstream,
    async quiet() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    close: () => server.close(),
  };
  // Keeps the sender of a request that is carried out late.
  const sender = new AsyncLocalStorage<number | undefined>();
  const handlers = [
    gatewayHandler(stage),
    ...crmHandlers(world, () => sender.getStore()),
    ...wazzupHandlers(world),
    ...chatWindowHandlers(world),
  ];
  server.use(
    http.all('*', async ({ request }) => {
      const asked = CHAT_SERVICE.has(new URL(request.url).origin) ? upstream : requests;
      asked.push(`${request.method} ${request.url}`);
      const answering = sender.run(stage.person, () => answer(world, handlers, request));
      underWay.add(answering);
      const answered = await answering.finally(() => underWay.delete(answering));
      if (answered === 'lost') return neverAnswered(request.signal);
      return answered === 'cut' ? HttpResponse.error() : plain(answered);
    }),
  );
  server.listen({ onUnhandledRequest: 'error' });
  return stage;
}

/**
 * The interceptor of node:http loses headers that `Response.json` was given; a response made from a list keeps them.
 */
const plain = ({ body, status, statusText, headers }: Response): Response =>
  new Response(body, { status, statusText, headers: [...headers] });

function neverAnswered(left: AbortSignal): Promise<Response> {
  return new Promise(resolve => {
    left.addEventListener('abort', () => resolve(HttpResponse.error()), { once: true });
  });
}
