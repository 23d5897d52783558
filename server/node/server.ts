/** The app as a Node server, for any machine behind a proxy that speaks TLS. */
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { Server, type IncomingMessage } from 'node:http';
import type { App } from '../app.ts';
import { refusal } from '../http/refusal.ts';
import { routeOf, type Entry } from '../operations/log.ts';

export type Operation = {
  /** Whether the database answers. */
  readonly isReady: () => Promise<boolean>;
  /** How many proxies of ours a request has passed: the last of them says where it came from. */
  readonly proxies: number;
  readonly log: (entry: Entry) => void;
  /** For tests, which do not wait for half a minute. */
  readonly patience?: Patience;
};

/** For what comes in: until its headers are there, and until all of it is. */
type Patience = { readonly headersMilliseconds: number; readonly requestMilliseconds: number };

/** A body of four megabytes on a slow line takes that long; a body that never ends is cut off. */
const USUAL_PATIENCE: Patience = { headersMilliseconds: 10_000, requestMilliseconds: 30_000 };
/** Node looks every half minute whose time is over, unless told: a body would be held for up to twice its time. */
const LOOKS_IN_TIME = 20;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Anybody may ask GET /healthz, which is 200 while the process lives, and GET /readyz, which is 503 while the database
 * does not answer.
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
      const from = cameFrom(env.incoming, proxies);
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
      connectionsCheckingInterval: patience.headersMilliseconds / LOOKS_IN_TIME,
    },
  });
  if (!(server instanceof Server)) throw new TypeError('The listener made another kind of server');
  return server;
}

/** Whoever asks may write any address into the header; what our own proxies have added stands at its end. */
function cameFrom({ headers, socket }: IncomingMessage, proxies: number): string | undefined {
  const addresses = String(headers['x-forwarded-for'] ?? '').split(',');
  const address = proxies === 0 ? undefined : addresses.at(-proxies)?.trim();
  return address || socket.remoteAddress;
}
