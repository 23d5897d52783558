/** Sends hooks to their addresses. They are not signed. */
import type { HookCarrier, World } from '../../world/world.ts';
import { hookBody } from './hook-body.ts';

export const hookCarrier =
  ({ options, oddities }: World): HookCarrier =>
  async (crm, delivery, signal) => {
    const request = new Request(delivery.destination, {
      method: 'POST',
      body: hookBody(crm, delivery.content, oddities),
      redirect: 'manual',
      signal,
    });
    return (await options.send(request)).status;
  };
