/** Server-sent events: notifies the pages that have a stream open. */

export type EventStream = {
  /** Opens a separate connection for each page. `person` is the page's user. */
  readonly open: (request: Request, person: number | undefined) => Response;
  /** `to` selects the receivers; everyone by default. */
  readonly send: (event: string, data?: unknown, to?: (person: number | undefined) => boolean) => void;
};

export function createEventStream(): EventStream {
  const listeners = new Map<(text: string) => void, number | undefined>();
  return {
    open(request, person) {
      const encoder = new TextEncoder();
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const tell = (text: string): void => controller.enqueue(encoder.encode(text));
          listeners.set(tell, person);
          request.signal.addEventListener('abort', () => listeners.delete(tell));
          tell('retry: 1000\n\n');
        },
      });
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      });
    },
    send(event, data = event, to = () => true) {
      const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      listeners.forEach((person, tell) => {
        if (to(person)) tell(text);
      });
    },
  };
}
