/**
 * What the CRM's servers send to an integration's addresses: a code when an account presses Install, and a notice when
 * it disables the integration. Each is sent once; the answer is ignored.
 */
import type { Crm, CrmUser } from '../../world/crm.ts';
import type { Integration } from '../../world/integration.ts';
import type { World } from '../../world/world.ts';

/** How the CRM identifies itself to a redirect address. */
function origin({ account }: Crm): Record<string, string> {
  return { referer: new URL(account.origin).host, platform: account.zone === 'amocrm.ru' ? '1' : '2' };
}

/**
 * The address to which a browser is redirected after "Allow". It belongs to a flow started by our page, so it contains
 * the flow's state.
 */
export function allowedAddress(crm: Crm, integration: Integration, user: CrmUser, state: string): URL {
  activate(integration);
  const code = crm.oauth.consent(integration.uuid, user);
  return withQuery(integration.redirectUri ?? '', {
    code,
    ...origin(crm),
    ...(state !== '' && { state }),
    ...(crm.account.zone === 'kommo.com' && { client_id: integration.uuid }),
  });
}

export function deniedAddress({ redirectUri = '', uuid }: Integration, state: string): URL {
  return withQuery(redirectUri, { error: 'access_denied', client_id: uuid, ...(state !== '' && { state }) });
}

/** Resolves when the call was answered or given up. */
export async function pressInstall(
  world: World,
  crm: Crm,
  integration: Integration,
  user: CrmUser,
): Promise<void> {
  activate(integration);
  if (integration.redirectUri === undefined) return;
  const code = crm.oauth.consent(integration.uuid, user);
  const address = withQuery(integration.redirectUri, { code, ...origin(crm), from_widget: '1' });
  await crm.calls.make('install', address, getWith(world));
}

export async function pressDisable(world: World, crm: Crm, integration: Integration): Promise<void> {
  integration.status = 'install';
  integration.active = false;
  crm.oauth.revoke({ integrationUuid: integration.uuid });
  if (world.oddities.disableRemovesHooks) {
    crm.hooks.all().forEach(({ destination }) => crm.hooks.unsubscribe(destination));
  }
  if (integration.disableUri === undefined) return;
  await crm.calls.make('disable', disabledAddress(crm, integration), getWith(world));
}

/** Signed, but without a time: anyone who has seen it can replay it forever. */
export async function disabledAddress(crm: Crm, integration: Integration): Promise<URL> {
  const { uuid, secret, disableUri = '' } = integration;
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const text = new TextEncoder().encode(`${uuid}|${crm.account.id}`);
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, text));
  const signature = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return withQuery(disableUri, { account_id: String(crm.account.id), client_uuid: uuid, signature });
}

export function activate(integration: Integration): void {
  integration.status = 'installed';
  integration.active = true;
}

function withQuery(address: string, fields: Record<string, string>): URL {
  const url = new URL(address);
  Object.entries(fields).forEach(([name, value]) => url.searchParams.set(name, value));
  return url;
}

const getWith =
  ({ options }: World) =>
  async (address: URL, signal: AbortSignal): Promise<number> =>
    (await options.send(new Request(address, { redirect: 'manual', signal }))).status;
