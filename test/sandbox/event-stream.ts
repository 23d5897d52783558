/** Server-sent events: pages that hold one open are told of what happens. */

export type EventStream = {
  /** A connection of its own for each page. */
  readonly open: (request: Request) => Response;
  readonly send: (event: string) => void;
};

export function createEventStream(): EventStream {
  const listeners = new Set<(event: string) => void>();
  return {
    open(request) {
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const tell = (event: string): void =>
            controller.enqueue(encoder.encode(`event: ${event}\ndata: ${event}\n\n`));
          listeners.add(tell);
          request.signal.addEventListener('abort', () => listeners.delete(tell));
          controller.enqueue(encoder.encode('retry: 1000\n\n'));
        },
      });
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      });
    },
    send: event => listeners.forEach(tell => tell(event)),
  };
}
