/** The app as a Node server, for any machine behind a TLS proxy. */
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { Server, type IncomingMessage } from 'node:http';
import type { App } from '../app.ts';
import { refusal } from '../http/refusal.ts';
import { routeOf, type Entry } from '../operations/log.ts';

export type Operation = {
  /** Whether the database answers. */
  readonly isReady: () => Promise<boolean>;
  /**
   * How many of our own proxies a request passes. The client's address is that many entries from the end of X-Forwarded-For.
   */
  readonly proxies: number;
  readonly log: (entry: Entry) => void;
  /** Shorter in tests. */
  readonly patience?: Patience;
};

/** Time limits of an incoming request: for its headers, and for all of it. */
type Patience = { readonly headersMilliseconds: number; readonly requestMilliseconds: number };

/** Enough for a body of four megabytes on a slow line. A body that never ends is cut off. */
const USUAL_PATIENCE: Patience = { headersMilliseconds: 10_000, requestMilliseconds: 30_000 };
/**
 * How often Node checks for expired requests within the time for headers. Its default is every half minute, which would keep a
 * body for up to twice its time.
 */
const CHECKS_IN_TIME = 20;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Serves the app and two public addresses: GET /healthz is 200 while the process lives, and GET /readyz is 503 while the
 * database does not answer.
 */
export function createAppServer(
  app: App,
  { isReady, proxies, log, patience = USUAL_PATIENCE }: Operation,
): Server {
  const onDefect = (error: unknown): void => log({ event: 'defect', error });
  const routes = new Hono<{ Bindings: HttpBindings }>()
    .get('/healthz', ({ text }) => text('ok'))
    .get('/readyz', async ({ text }) =>
      (await isReady()) ? text('ok') : text('The database does not answer', 503),
    )
    .all('*', async ({ req, env }) => {
      const started = performance.now();
      let employee: string | undefined;
      let account: string | undefined;
      const onCaller = (employeeId: string): void => void (employee = employeeId);
      const onAccount = (accountId: string): void => void (account = accountId);
      const from = clientAddress(env.incoming, proxies);
      const answer = await app(req.raw, { onCaller, onAccount, onDefect, from }).catch((error: unknown) => {
        onDefect(error);
        return refusal('DEFECT');
      });
      log({
        event: 'request',
        method: METHODS.has(req.method) ? req.method : '(other)',
        route: routeOf(req.path, answer.status),
        status: answer.status,
        milliseconds: Math.round(performance.now() - started),
        account,
        employee,
      });
      return answer;
    });
  const server = createAdaptorServer({
    fetch: routes.fetch,
    overrideGlobalObjects: false,
    serverOptions: {
      requestTimeout: patience.requestMilliseconds,
      headersTimeout: patience.headersMilliseconds,
      connectionsCheckingInterval: patience.headersMilliseconds / CHECKS_IN_TIME,
    },
  });
  if (!(server instanceof Server)) throw new TypeError('The adapter made another kind of server');
  return server;
}

/** The client may put any address into X-Forwarded-For. Our own proxies add theirs at its end. */
function clientAddress({ headers, socket }: IncomingMessage, proxies: number): string | undefined {
  const addresses = String(headers['x-forwarded-for'] ?? '').split(',');
  const address = proxies === 0 ? undefined : addresses.at(-proxies)?.trim();
  return address || socket.remoteAddress;
}
