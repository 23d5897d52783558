/**
 * Mounts a function on a listening port: real sockets, cookies and CORS, and connection faults that a mock inside the
 * page cannot produce.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Answer } from './answer.ts';

export type Mount = { readonly origin: string; readonly port: number; readonly close: () => Promise<void> };
export type MountOptions = {
  /** 0, the default, uses a free port. */
  readonly port?: number;
  /**
   * If false, each connection carries one request. Browsers resend a request on their own when a reused connection is
   * reset, so tests that count requests under `cut` need this.
   */
  readonly keepAlive?: boolean;
};

/**
 * Listens on 127.0.0.1. The request's URL contains the host that the client used, so one mount can serve many host
 * names. Its signal aborts when the client disconnects. If a handler throws, the answer is 500 and the stack goes to
 * stderr.
 */
export async function listen(
  answerRequest: (request: Request) => Promise<Answer>,
  { port = 0, keepAlive = true }: MountOptions = {},
): Promise<Mount> {
  const server = createServer((incoming, outgoing) => void serve(answerRequest, incoming, outgoing));
  if (!keepAlive) server.maxRequestsPerSocket = 1;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const taken = portOf(server);
  return {
    origin: `http://127.0.0.1:${taken}`,
    port: taken,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The port of a listening server. */
export function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port');
  return address.port;
}

/** A copy of the request addressed to another origin. */
export function redirected(request: Request, origin: string): Request {
  const { pathname, search } = new URL(request.url);
  return new Request(origin + pathname + search, request);
}

async function serve(
  answerRequest: (request: Request) => Promise<Answer>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const client = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) client.abort();
  });
  try {
    const answer = await answerRequest(requestFrom(incoming, client.signal));
    if (answer === 'lost') return;
    if (answer === 'cut') incoming.socket.resetAndDestroy();
    else await send(answer, outgoing, client.signal);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    if (outgoing.headersSent) incoming.socket.resetAndDestroy();
    else outgoing.writeHead(500).end();
  }
}

function requestFrom(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value);
  }
  const { method = 'GET', url = '/' } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(`http://${incoming.headers.host ?? '127.0.0.1'}${url}`, {
    method,
    headers,
    signal,
    ...(hasBody ? { body: streamOf(incoming), duplex: 'half' as const } : {}),
  });
}

/** Node's own web streams are the global ones, but its types do not say so. */
function streamOf(readable: Readable): ReadableStream<Uint8Array> {
  const stream: unknown = Readable.toWeb(readable);
  if (!(stream instanceof ReadableStream)) throw new TypeError('Node made another kind of stream');
  return stream;
}

/** A body that fails half way resets the connection, like behind a proxy. */
async function send(response: Response, outgoing: ServerResponse, left: AbortSignal): Promise<void> {
  const headers = new Map<string, string | string[]>(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers.set('set-cookie', cookies);
  outgoing.writeHead(response.status, Object.fromEntries(headers));
  if (!response.body) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  const reader = response.body.getReader();
  left.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (left.aborted) return;
    if (!outgoing.write(part.value)) await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
  }
  outgoing.end();
}
