/** Sends webhooks to their addresses. They are not signed, but carry the name and password chosen by their creator. */
import type { PipedriveCarrier } from '../../world/pipedrive/pipedrive.ts';
import type { World } from '../../world/world.ts';
import { basic } from './basic.ts';
import { webhookBody } from './hook-body.ts';

export const webhookCarrier =
  (world: World): PipedriveCarrier =>
  async (company, { content, attempts }, signal) => {
    const { subscriptionUrl, httpAuthUser, httpAuthPassword } = content.webhook;
    const headers = new Headers({ 'Content-Type': 'application/json', 'User-Agent': 'Pipedrive Webhooks' });
    if (httpAuthUser !== null) headers.set('Authorization', basic(httpAuthUser, httpAuthPassword ?? ''));
    const request = new Request(subscriptionUrl, {
      method: 'POST',
      headers,
      body: JSON.stringify(webhookBody(world, company, content, attempts.length + 1)),
      redirect: 'manual',
      signal,
    });
    return (await world.options.send(request)).status;
  };
