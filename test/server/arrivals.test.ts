/** Codes of two CRMs on one server: those of one do not wait for the other. */
import { expect, it } from 'vitest';
import { createApp } from '../../server/app.ts';
import { outside } from '../mocks/outside.ts';
import { allowedAddress } from '../mocks/pipedrive/consent.ts';
import { freshDatabase, quickest } from '../support/databases.ts';
import { ADMIN } from '../world/people.ts';
import { createWorld } from '../world/world.ts';

it('codes of one CRM are exchanged while the other does not answer about many', async () => {
  const open = await freshDatabase(quickest());
  const world = createWorld();
  const company = world.pipedrive.openCompany({ domain: 'acme' });
  const { app } = world.pipedrive;
  const { integration, account } = world.crm;
  const { host } = new URL(account.origin);
  let answer: () => void = () => undefined;
  const silence = new Promise<void>(resolve => {
    answer = resolve;
  });
  const ask = outside(world);
  const running = createApp({
    database: open.database,
    ring: [{ id: 'a', key: new Uint8Array(32) }],
    integration: {
      id: integration.uuid,
      secret: integration.secret,
      redirectUri: `${integration.audience}/amocrm/authorized`,
    },
    pipedrive: {
      integration: { id: app.clientId, secret: app.clientSecret, redirectUri: app.callback },
      files: () => null,
    },
    async fetch(request) {
      if (new URL(request.url).host === host) await silence;
      return ask(request);
    },
    hosts: { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' },
  });
  const { arrivals } = running.accounts;
  const invented: (string | null)[] = [];
  for (let at = 0; at < 5; at += 1)
    invented.push(await arrivals.receive({ host, code: `invented-${at}`, isOfAccount: false }, null));
  await running.app(new Request(allowedAddress(world, company, ADMIN)));
  const exchanged = arrivals.exchangeAll(new AbortController().signal);
  const isConnected = () => open.database.selectFrom('account').select(['crm', 'state']).execute();
  await expect.poll(isConnected, { timeout: 5000 }).toEqual([{ crm: 'pipedrive', state: 'active' }]);
  answer();
  await exchanged;
  const fates = await Promise.all(invented.map(id => arrivals.fateOf(id ?? '')));
  expect(fates.map(({ kind }) => kind)).toEqual(invented.map(() => 'not-taken'));
  await open.close();
});
