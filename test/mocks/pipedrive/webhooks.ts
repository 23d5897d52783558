/** Webhooks of v1. Their errors have their own format, and an address that does not answer is refused. */
import * as v from 'valibot';
import type { Company } from '../../world/pipedrive/company.ts';
import { isAdminOf } from '../../world/pipedrive/users.ts';
import { EVENT_ACTIONS, EVENT_OBJECTS, type Webhook } from '../../world/pipedrive/webhooks.ts';
import type { World } from '../../world/world.ts';
import { fields } from '../fields.ts';
import { textTimeOf } from './envelope.ts';
import { route, type Route } from './route.ts';

const draft = fields({
  subscription_url: v.string(),
  event_action: v.picklist(EVENT_ACTIONS),
  event_object: v.picklist(EVENT_OBJECTS),
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(255))),
  user_id: v.exactOptional(v.pipe(v.number(), v.integer())),
  http_auth_user: v.exactOptional(v.nullable(v.string())),
  http_auth_password: v.exactOptional(v.nullable(v.string())),
  version: v.exactOptional(v.literal('2.0')),
});

const scopes = ['webhooks:full'];

export const webhookRoutes = (world: World): Route[] => [
  route('GET /api/v1/webhooks', { scopes: ['webhooks:read'], cost: 10 }, ({ company, me }) =>
    isAdminOf(me, 'global')
      ? done(company.webhooks.all().map(one => wireWebhook(company, one)))
      : forbidden(),
  ),
  route('POST /api/v1/webhooks', { scopes, cost: 10, body: draft }, async ({ company, me, body }) => {
    if (!isAdminOf(me, 'global')) return forbidden();
    const { subscription_url: subscriptionUrl, user_id: userId = me.id } = body;
    if (!company.users.has(userId)) return wrong(400, { user_id: ['not found'] });
    if (!(await answers(world, subscriptionUrl))) {
      return wrong(400, { subscription_url: ['invalid or non-reachable URL'] });
    }
    const webhook = company.webhooks.add(me.id, {
      subscriptionUrl,
      eventAction: body.event_action,
      eventObject: body.event_object,
      name: body.name ?? null,
      userId,
      httpAuthUser: body.http_auth_user ?? null,
      httpAuthPassword: body.http_auth_password ?? null,
    });
    return webhook === 'too-many'
      ? wrong(422, { subscription_url: ['webhooks limit is reached'] })
      : done(wireWebhook(company, webhook), 201);
  }),
  route('DELETE /api/v1/webhooks/:id', { scopes, cost: 6 }, ({ company, me, params }) => {
    if (!isAdminOf(me, 'global')) return forbidden();
    return company.webhooks.remove(Number(params['id']))
      ? done(undefined)
      : wrong(404, { id: ['not found'] });
  }),
];

const done = (data: unknown, status = 200): Response =>
  Response.json({ status: 'ok', success: true, ...(data !== undefined && { data }) }, { status });
const wrong = (status: number, errors: Readonly<Record<string, readonly string[]>>): Response =>
  Response.json({ status: 'error', success: false, errors }, { status });
/** Only administrators (inferred). */
const forbidden = (): Response => Response.json({ success: false, message: 'Forbidden' }, { status: 403 });

/** Whether the address answers; Pipedrive's own addresses and redirects do not count. The method is not documented. */
async function answers({ options, pipedrive }: World, address: string): Promise<boolean> {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return false;
  if (new URL(address).hostname.endsWith('.pipedrive.com')) return false;
  try {
    const request = new Request(address, { method: pipedrive.oddities.hookProbe, redirect: 'manual' });
    const { status } = await options.send(request);
    return status < 300 || status > 399;
  } catch {
    return false;
  }
}

const wireWebhook = ({ id: companyId }: Company, webhook: Webhook): unknown => ({
  id: webhook.id,
  company_id: companyId,
  owner_id: webhook.ownerId,
  user_id: webhook.userId,
  event_action: webhook.eventAction,
  event_object: webhook.eventObject,
  subscription_url: webhook.subscriptionUrl,
  version: '2.0',
  is_active: 1,
  add_time: textTimeOf(webhook.addTime),
  remove_time: null,
  type: 'application',
  http_auth_user: webhook.httpAuthUser,
  http_auth_password: webhook.httpAuthPassword,
  remove_reason: null,
  last_delivery_time: webhook.lastDeliveryTime === null ? null : textTimeOf(webhook.lastDeliveryTime),
  last_http_status: webhook.lastHttpStatus,
  admin_id: webhook.ownerId,
  name: webhook.name,
});
