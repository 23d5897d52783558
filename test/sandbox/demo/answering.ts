/** The top page answers what the service worker hands on. */
import type { Answer } from '../../mocks/answer.ts';
import type { Asked, Left, Told } from './messages.ts';

/** `outside`: the address that a browser has to be sent to instead of a path of the CRM. */
export function answerWorker(
  route: (request: Request) => Promise<Answer>,
  outside: (request: Request, path: string) => string,
): void {
  navigator.serviceWorker.addEventListener('message', ({ data, ports }: MessageEvent<Asked>) => {
    const [port] = ports;
    if (port && data.kind === 'asked') void carryOut(data, port, route, outside);
  });
  navigator.serviceWorker.startMessages();
}

async function carryOut(
  { url, method, headers, body }: Asked,
  port: MessagePort,
  route: (request: Request) => Promise<Answer>,
  outside: (request: Request, path: string) => string,
): Promise<void> {
  const tell = (told: Told): void => port.postMessage(told);
  const client = new AbortController();
  port.addEventListener('message', ({ data }: MessageEvent<Left>) => {
    if (data.kind === 'left') client.abort();
  });
  port.start();
  const request = new Request(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    signal: client.signal,
    ...(body.byteLength > 0 && { body }),
  });
  const answer = await route(request);
  if (answer === 'lost') return;
  if (answer === 'cut') {
    tell({ kind: 'cut' });
    return;
  }
  const location = answer.headers.get('location');
  if (location?.startsWith('/')) answer.headers.set('location', outside(request, location));
  tell({ kind: 'head', status: answer.status, headers: [...answer.headers] });
  const reader = answer.body?.getReader();
  client.signal.addEventListener('abort', () => void reader?.cancel().catch(() => undefined));
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    tell({ kind: 'part', bytes: Uint8Array.from(part.value) });
  }
  tell({ kind: 'end' });
}
