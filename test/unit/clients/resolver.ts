/**
 * The CRM on a listening port, for clients that insist on `https://<account>.amocrm.ru`. Their requests are intercepted, as a
 * resolver and a proxy would do, and go to the port over a real socket with the original host.
 */
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { crmHosts } from '../../mocks/amocrm/hosts.ts';
import { listen } from '../../mocks/http.ts';
import type { World } from '../../world/world.ts';

const OF_THE_CONNECTION = ['host', 'connection', 'content-length', 'transfer-encoding'];

export type Resolved = { readonly close: () => Promise<void>; readonly asked: readonly string[] };

export async function resolve(world: World): Promise<Resolved> {
  const answered = crmHosts(world);
  const asked: string[] = [];
  const mount = await listen(
    async request => (await answered(request)) ?? new Response(null, { status: 421 }),
  );
  const server = setupServer(
    http.all(/^https:/, async ({ request }) => {
      const { host, pathname, search } = new URL(request.url);
      asked.push(`${request.method} ${pathname}`);
      const headers = new Headers(request.headers);
      headers.set('X-Forwarded-Host', host);
      for (const name of OF_THE_CONNECTION) headers.delete(name);
      const { method } = request;
      const body = method === 'GET' ? null : await request.arrayBuffer();
      const response = await fetch(mount.origin + pathname + search, { method, headers, body });
      const text = await response.text();
      const { status } = response;
      return new HttpResponse(text === '' ? null : text, { status, headers: [...response.headers] });
    }),
  );
  server.listen({ onUnhandledRequest: 'bypass' });
  return {
    asked,
    async close() {
      server.close();
      await mount.close();
    },
  };
}
