/** The sandbox as a server sees it over HTTP: codes, tokens, hooks, another account, and the chat service's port. */
import { request as send } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Browser } from 'playwright';
import { ADMIN, SELLER_A } from '../../world/people.ts';
import { receiver } from '../../support/listening-crm.ts';
import { onStage, openBrowser } from '../../support/sandbox-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

type Asked = { readonly method?: string; readonly json?: unknown; readonly token?: string };

/** Sends a request to any host name, like a client with its own resolver. */
function ask(
  address: string,
  { method = 'GET', json, token }: Asked = {},
): Promise<{ status: number; body: unknown }> {
  const { host, port, pathname, search } = new URL(address);
  const headers = {
    Host: host,
    'Content-Type': 'application/json',
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve, reject) => {
    const sent = send({ host: '127.0.0.1', port, path: pathname + search, method, headers }, response => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text && JSON.parse(text) }));
    });
    sent.on('error', reject);
    sent.end(json === undefined ? undefined : JSON.stringify(json));
  });
}

it('a server gets a code at Install, then tokens, and hooks about changes', async () => {
  const site = await receiver();
  const redirectUri = `${site.origin}/code`;
  await onStage(browser, { installed: false, redirectUri }, async ({ sandbox, open }) => {
    const { world, officeAddress } = sandbox;
    const page = await open('office', 'settings/widgets');
    await page.getByRole('button', { name: 'Probe' }).click();
    const arrival = site.next();
    await page.getByRole('button', { name: 'Install' }).click();
    const { query } = await arrival;
    expect(query.get('referer')).toBe(new URL(officeAddress).host);
    const { uuid, secret } = world.crm.integration;
    const client = { client_id: uuid, client_secret: secret, redirect_uri: redirectUri };
    const pair = await ask(`${officeAddress}oauth2/access_token`, {
      method: 'POST',
      json: { ...client, grant_type: 'authorization_code', code: query.get('code') },
    });
    const token = String(Object(pair.body).access_token);
    expect((await ask(`${officeAddress}api/v4/account`, { token })).body).toMatchObject({
      current_user_id: ADMIN,
    });
    const destination = `${site.origin}/hooks`;
    const json = { destination, settings: ['add_contact'] };
    await ask(`${officeAddress}api/v4/webhooks`, { method: 'POST', token, json });
    const hook = site.next();
    world.crm.addContact('Anna', [], SELLER_A);
    expect((await hook).form.get('contacts[add][0][name]')).toBe('Anna');
  });
  await site.close();
});

it('every account answers under its own name, and the chat service on its own port', async () => {
  await onStage(browser, {}, async ({ sandbox }) => {
    const { world, chatService } = sandbox;
    const { origin } = world.openAccount({ subdomain: 'second' }).account;
    expect((await ask(`${origin}/api/v4/account`)).status).toBe(401);
    expect((await ask(origin.replace('second', 'third'))).status).toBe(401);
    const [token = ''] = world.chat.keys.keys();
    expect((await ask(`${chatService.api}/v3/channels`, { token })).body).toMatchObject(world.chat.channels);
  });
});
