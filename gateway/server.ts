/** The gateway as a Node server, for any machine behind a proxy that speaks TLS. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { GatewayConfig } from './config.ts';
import { handle } from './handle.ts';

/**
 * `log` gets one line a request: what was asked, how it ended and by which employee, without query, token or key.
 * GET /healthz answers 200 to anybody.
 */
export function createGatewayServer(config: GatewayConfig, log: (line: string) => void): Server {
  return createServer((incoming, outgoing) => {
    const started = performance.now();
    let who = 'nobody known';
    outgoing.once('finish', () => {
      const [path = '/'] = (incoming.url ?? '/').split('?');
      const milliseconds = Math.round(performance.now() - started);
      log(`${incoming.method} ${path} ${outgoing.statusCode} ${milliseconds} ms, ${who}`);
    });
    const onCaller = (employeeId: string): void => void (who = `employee ${employeeId}`);
    serve(incoming, outgoing, { ...config, onCaller }).catch((error: unknown) => {
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      outgoing.writeHead(500).end();
    });
  });
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  config: GatewayConfig,
): Promise<void> {
  if (incoming.url === '/healthz') {
    outgoing.end('ok');
    return;
  }
  const answer = await handle(requestFrom(incoming, config.audience), config);
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  outgoing.end(Buffer.from(await answer.arrayBuffer()));
}

function requestFrom(incoming: IncomingMessage, origin: string): Request {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  const { method = 'GET', url = '/' } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(origin + url, {
    method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' as const } : {}),
  });
}
