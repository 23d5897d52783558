/** Asks the emulated services directly, without a page and without a network. */
import type { RequestHandler } from 'msw';
import { crmHandlers } from '../../mocks/amocrm/handlers.ts';
import { answer } from '../../mocks/answer.ts';
import { wazzupHandlers } from '../../mocks/wazzup/handlers.ts';
import type { KeyKind } from '../../world/chat.ts';
import type { World } from '../../world/world.ts';

export type Asking = { readonly body?: BodyInit; readonly headers?: Record<string, string> };
export type Ask = (route: string, asking?: Asking) => Promise<Response>;

export const json = (body: unknown): Asking => ({
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
});

/** The CRM in one employee's session; undefined for no session. */
export const crmAs = (world: World, person: number | undefined): Ask =>
  askingOf(
    world,
    crmHandlers(world, () => person),
    world.crm.account.origin,
  );

/** The chat service, asked with a key of this kind. `/settings` has its own host. */
export function chatWith(world: World, keyKind: KeyKind): Ask {
  const [key] = [...world.chat.keys].find(([, kind]) => kind === keyKind) ?? [];
  const ask = askingOf(world, wazzupHandlers(world), 'https://api.wazzup24.com');
  const askSettings = askingOf(world, wazzupHandlers(world), 'https://tech.wazzup24.com');
  return (route, { body, headers } = {}) =>
    (route.endsWith('/settings') ? askSettings : ask)(route, {
      ...(body === undefined ? {} : { body }),
      headers: { Authorization: `Bearer ${key}`, ...headers },
    });
}

function askingOf(world: World, handlers: readonly RequestHandler[], origin: string): Ask {
  return async (route, init = {}) => {
    const [method = 'GET', path = '/'] = route.split(' ');
    const answered = await answer(world, handlers, new Request(origin + path, { method, ...init }));
    if (typeof answered === 'string') throw new Error(`The connection was ${answered}`);
    return answered;
  };
}
