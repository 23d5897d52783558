/**
 * `fetch` into the emulated outside world: every host of the CRMs and of the chat service, without a network. A server
 * under test uses it, and the world gets the server's own handler as `send`. Both then talk to each other in one
 * process, including the waiting disturbances. Any other host does not exist.
 */
import type { World } from '../world/world.ts';
import { answer, type Answer } from './answer.ts';
import { crmHosts } from './amocrm/hosts.ts';
import { pipedriveHosts } from './pipedrive/hosts.ts';
import { wazzupHandlers } from './wazzup/handlers.ts';

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const CHAT_SERVICE = new Set(['https://api.wazzup24.com', 'https://tech.wazzup24.com']);

export function outside(world: World): Fetch {
  const crm = crmHosts(world);
  const pipedrive = pipedriveHosts(world);
  const chat = wazzupHandlers(world);
  return async (input, init) => {
    const request = new Request(input, init);
    /** The caller's own signal: the request above may be garbage-collected, and its signal with it. */
    const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal);
    const { origin, hostname } = new URL(request.url);
    const answered = CHAT_SERVICE.has(origin)
      ? await answer(world, chat, request)
      : ((await pipedrive(request)) ?? (await crm(request)));
    if (answered === undefined) throw new TypeError(`fetch failed: nobody is ${hostname}`);
    return arrived(answered, signal);
  };
}

function arrived(answered: Answer, signal: AbortSignal): Response | Promise<Response> {
  if (answered instanceof Response) return answered;
  if (answered === 'cut') throw new TypeError('fetch failed: the connection was reset');
  return new Promise((_resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
