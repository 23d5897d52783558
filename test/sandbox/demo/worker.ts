/**
 * The service worker of the static demo. It answers nothing itself: requests of the demo's pages, documents and event
 * streams among them, go to the top page, which owns the world. It is ours and not the one that comes with the mocking
 * library, because that one leaves documents and event streams alone.
 */
import { virtualAddress } from './folder.ts';
import type { Asked, Left, Told } from './messages.ts';

type Client = {
  readonly url: string;
  readonly frameType: string;
  readonly postMessage: (message: unknown, transfer: readonly Transferable[]) => void;
};
type Life = Event & { readonly waitUntil: (work: Promise<unknown>) => void };
type Fetching = Event & {
  readonly request: Request;
  readonly respondWith: (answer: Promise<Response>) => void;
};
type Scope = {
  readonly registration: { readonly scope: string };
  readonly skipWaiting: () => Promise<void>;
  readonly clients: {
    readonly claim: () => Promise<void>;
    readonly matchAll: (options: object) => Promise<readonly Client[]>;
  };
  readonly addEventListener: {
    (type: 'install' | 'activate', listener: (event: Life) => void): void;
    (type: 'fetch', listener: (event: Fetching) => void): void;
  };
};

const worker = globalThis as unknown as Scope;

worker.addEventListener('install', event => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', event => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', event => {
  const { request } = event;
  const url = virtualAddress(worker.registration.scope, request.url, request.referrer);
  if (url !== undefined) event.respondWith(answered(request, url));
});

async function answered(request: Request, url: string): Promise<Response> {
  const { method, headers } = request;
  const body = await request.arrayBuffer();
  const asked: Asked = { kind: 'asked', url, method, headers: [...headers], body };
  const all = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const tops = all.filter(one => one.frameType === 'top-level');
  if (tops.length === 0) return new Response('The demo is closed', { status: 503 });
  return Promise.race(tops.map(top => answerOf(top, asked)));
}

/** A page that does not own the world never answers. */
function answerOf(top: Client, asked: Asked): Promise<Response> {
  const { port1, port2 } = new MessageChannel();
  return new Promise(resolve => {
    let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
    const leave = (): void => port1.postMessage({ kind: 'left' } satisfies Left);
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        stream = controller;
      },
      cancel: leave,
    });
    port1.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      switch (data.kind) {
        case 'head': {
          const headers = new Headers(data.headers.map(([name, value]): [string, string] => [name, value]));
          const empty = data.status === 204 || (data.status >= 300 && data.status < 400);
          resolve(new Response(empty ? null : body, { status: data.status, headers }));
          break;
        }
        case 'part':
          stream?.enqueue(data.bytes);
          break;
        case 'end':
          stream?.close();
          break;
        case 'cut':
          resolve(Response.error());
      }
    });
    port1.start();
    top.postMessage(asked, [port2]);
  });
}
