/**
 * Sends the chat service's webhooks to their address. The answer to a creation request must contain what was created,
 * in the format in which the CRM itself would load it; any other answer counts as none.
 */
import * as v from 'valibot';
import type { ChatAccount } from '../../world/chat.ts';
import type { CreationRequest } from '../../world/chat-hooks.ts';
import type { ChatHookCarriers, World } from '../../world/world.ts';
import { contactSchema } from './contacts.ts';
import { dealSchema } from './deals.ts';
import { chatHookBody } from './hook-body.ts';
import { partnerHookBody } from './v2/hook-body.ts';

/** The status for an answer that cannot be used. */
const UNUSABLE = 422;

export const chatHookCarriers = (world: World): ChatHookCarriers => ({
  hooks: chatHookCarrier(world),
  partnerHooks: async (_chat, { destination, content }, signal) => {
    const body = JSON.stringify(partnerHookBody(content));
    const headers = { 'Content-Type': 'application/json' };
    const request = new Request(destination, { method: 'POST', body, headers, redirect: 'manual', signal });
    return (await world.options.send(request)).status;
  },
});

const chatHookCarrier =
  ({ options }: World): ChatHookCarriers['hooks'] =>
  async (chat, { destination, content }, signal) => {
    const request = chatHookRequest(chat, destination, chatHookBody(chat, content), signal);
    const response = await options.send(request);
    const isTaken =
      content.kind === 'events' || !response.ok || (await take(chat, content.request, response));
    return isTaken ? response.status : UNUSABLE;
  };

export function chatHookRequest(
  { hooks }: ChatAccount,
  address: string,
  body: unknown,
  signal: AbortSignal,
): Request {
  return new Request(address, {
    method: 'POST',
    body: JSON.stringify(body),
    redirect: 'manual',
    signal,
    headers: {
      // Spelled like this by the service.
      'Content-Type': 'application/json; charset-utf-8',
      'User-Agent': 'node-fetch',
      ...(hooks.crmKey !== undefined && { Authorization: `Bearer ${hooks.crmKey}` }),
    },
  });
}

async function take(chat: ChatAccount, request: CreationRequest, response: Response): Promise<boolean> {
  const body: unknown = await response.json().catch(() => undefined);
  if (request.entity === 'contact') {
    const { success, output } = v.safeParse(contactSchema, body);
    if (success) chat.creations.made(output, request.source);
    return success;
  }
  const { success, output } = v.safeParse(dealSchema, body);
  if (success) chat.deals.set(output.id, output);
  return success;
}
