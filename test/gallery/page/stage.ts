/** The outside world inside one page: a CRM account, the gateway and the chat service, for the real models to speak to. */
import { http, type RequestHandler } from 'msw';
import { handle } from '../../../gateway/handle.ts';
import { crmHandlers } from '../../mocks/amocrm/handlers.ts';
import { answer } from '../../mocks/answer.ts';
import { gatewayConfigFor } from '../../mocks/gateway-config.ts';
import { chatWindowHandlers, wazzupHandlers } from '../../mocks/wazzup/handlers.ts';
import type { KeyKind, UserRole } from '../../world/chat.ts';
import type { Language } from '../../world/people.ts';
import { createWorld, SALES_CHANNEL, type World } from '../../world/world.ts';

export type PageStage = { readonly world: World; person: number; keyKind: KeyKind };

/** From here on everything that the page asks with fetch is answered by this world. */
export function stageInPage(options: {
  readonly person: number;
  readonly size: number;
  readonly language: Language;
}): PageStage {
  const world = createWorld({ size: options.size, language: options.language });
  const stage: PageStage = { world, person: options.person, keyKind: 'partner' };
  const handlers: readonly RequestHandler[] = [
    gateway(stage),
    ...crmHandlers(world, () => stage.person),
    ...wazzupHandlers(world),
    ...chatWindowHandlers(world),
  ];
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const answered = await answer(world, handlers, request);
    if (answered === 'cut') throw new TypeError('The connection was reset');
    return answered === 'lost' ? neverAnswered(request.signal) : answered;
  };
  return stage;
}

function gateway(stage: PageStage): RequestHandler {
  const { world } = stage;
  const { exclusive } = gatewayConfigFor(world);
  return http.all(`${world.options.gatewayOrigin}/*`, ({ request }) =>
    handle(request, { ...gatewayConfigFor(world, { keyKind: stage.keyKind }), exclusive }),
  );
}

function neverAnswered(left: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    left.addEventListener('abort', () => reject(left.reason));
  });
}

export const seat = (person: number, role: UserRole['role'], channelId = SALES_CHANNEL): UserRole => ({
  channelId,
  userId: String(person),
  role,
  allowGetNewClients: role === 'seller',
});

/** The chat service holds these roles and no others. */
export function give({ world }: PageStage, ...userRoles: readonly UserRole[]): void {
  world.chat.settings = { ...world.chat.settings, userRoles };
}
