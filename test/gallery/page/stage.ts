/** The outside world inside one page: a CRM account, the gateway and the chat service, which the real models call. */
import type { RequestHandler } from 'msw';
import { crmHandlers } from '../../mocks/amocrm/handlers.ts';
import { answer } from '../../mocks/answer.ts';
import { gatewayMemory } from '../../mocks/gateway-config.ts';
import { gatewayHandler, usualStanding, type GatewayStage } from '../../mocks/gateway.ts';
import { chatWindowHandlers, wazzupHandlers } from '../../mocks/wazzup/handlers.ts';
import type { UserRole } from '../../world/chat.ts';
import type { Language } from '../../world/people.ts';
import { createWorld, SALES_CHANNEL } from '../../world/world.ts';

export type PageStage = GatewayStage & { person: number };

/** From now on, this world answers every `fetch` of the page. */
export function stageInPage(options: {
  readonly person: number;
  readonly size: number;
  readonly language: Language;
}): PageStage {
  const world = createWorld({ size: options.size, language: options.language });
  const stage: PageStage = {
    world,
    person: options.person,
    keyKind: 'partner',
    standing: usualStanding(),
    clients: null,
    memory: gatewayMemory(world),
  };
  const handlers: readonly RequestHandler[] = [
    gatewayHandler(stage),
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

/** Replaces all roles in the chat service with these. */
export function give({ world }: PageStage, ...userRoles: readonly UserRole[]): void {
  world.chat.settings = { ...world.chat.settings, userRoles };
}
