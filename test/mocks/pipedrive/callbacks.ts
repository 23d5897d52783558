/**
 * What Pipedrive sends to the app's callback besides codes: DELETE when a person uninstalls the app, POST when an
 * administrator shares it. Both carry the app's own name and secret and are sent once; the answer is ignored.
 */
import type { Company } from '../../world/pipedrive/company.ts';
import type { World } from '../../world/world.ts';
import { basicOf } from './basic.ts';
import { uninstalled } from './uninstalled.ts';

type Telling = {
  /** By default the app's own; tests of forgery use another. */
  readonly authorization?: string | null;
};

/** The person presses Uninstall. */
export async function pressUninstall(world: World, company: Company, userId: number): Promise<void> {
  uninstalled(world, company, userId);
  const { hostname } = new URL(world.pipedrive.app.callback);
  // Not sent to a local address.
  if (hostname === 'localhost' || hostname === '127.0.0.1') return;
  const send = (_address: URL, signal: AbortSignal) => sendUninstall(world, company, userId, {}, signal);
  await company.calls.make('uninstall', new URL(world.pipedrive.app.callback), send);
}

/** Sends only the call, even if nothing was uninstalled. */
export const sendUninstall = (
  world: World,
  company: Pick<Company, 'id' | 'now'>,
  userId: number,
  telling: Telling = {},
  signal?: AbortSignal,
): Promise<number> => {
  const body = {
    client_id: world.pipedrive.app.clientId,
    company_id: company.id,
    user_id: userId,
    timestamp: new Date(company.now()).toISOString(),
  };
  return told(world, 'DELETE', body, telling, signal);
};

/** An administrator starts or stops sharing the app with everyone. */
export async function pressShare(
  world: World,
  company: Company,
  userId: number,
  isShared: boolean,
): Promise<void> {
  const send = (_address: URL, signal: AbortSignal) =>
    sendSharing(world, company, userId, isShared, {}, signal);
  await company.calls.make('sharing', new URL(world.pipedrive.app.callback), send);
}

export const sendSharing = (
  world: World,
  { id }: Pick<Company, 'id'>,
  userId: number,
  isShared: boolean,
  telling: Telling = {},
  signal?: AbortSignal,
): Promise<number> => told(world, 'POST', { company_id: id, user_id: userId, isShared }, telling, signal);

async function told(
  { options, pipedrive: { app } }: World,
  method: 'DELETE' | 'POST',
  body: unknown,
  { authorization = basicOf(app) }: Telling,
  signal?: AbortSignal,
): Promise<number> {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (authorization !== null) headers.set('Authorization', authorization);
  const request = new Request(app.callback, {
    method,
    headers,
    body: JSON.stringify(body),
    redirect: 'manual',
    ...(signal && { signal }),
  });
  return (await options.send(request)).status;
}
