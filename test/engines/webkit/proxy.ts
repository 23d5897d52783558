/**
 * Sends every request of a browser to this machine, whatever host it names and however the machine resolves names. It
 * only forwards plain HTTP requests, which is all that the sandbox has.
 */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { portOf } from '../../run/webkit-programs.ts';

export type Proxy = { readonly host: string; readonly close: () => void };

export async function startProxy(): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    const { port, pathname, search } = new URL(incoming.url ?? '');
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path: pathname + search,
        method: incoming.method,
        headers: incoming.headers,
      },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      },
    );
    asked.once('error', () => outgoing.destroy());
    outgoing.once('close', () => asked.destroy());
    incoming.pipe(asked);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${portOf(server)}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
