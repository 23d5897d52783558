/** What the app's callback receives besides codes. */
import { describe, expect, it } from 'vitest';
import { basicOf } from '../../../mocks/pipedrive/basic.ts';
import { pressShare, pressUninstall, sendUninstall } from '../../../mocks/pipedrive/callbacks.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { connectedPipedrive } from '../../../support/listening-pipedrive.ts';

const ME = 'GET /api/v1/users/me';

async function listening() {
  const calls: unknown[] = [];
  const stage = await connectedPipedrive(
    ADMIN,
    {},
    {
      async send(request) {
        const { method, url, headers } = request;
        calls.push([method, url, headers.get('Authorization'), await request.json()]);
        return new Response();
      },
    },
  );
  return { ...stage, calls };
}

describe('an uninstall', () => {
  it('ends the person’s tokens and calls back with the app’s own id and secret', async () => {
    const { world, company, ask, calls } = await listening();
    await pressUninstall(world, company, ADMIN);
    expect((await ask(ME)).status).toBe(401);
    const { app } = world.pipedrive;
    const body = {
      client_id: app.clientId,
      company_id: company.id,
      user_id: ADMIN,
      timestamp: '2026-11-02T09:00:00.000Z',
    };
    expect(calls).toEqual([['DELETE', app.callback, basicOf(app), body]]);
    expect(company.calls.all.map(({ kind, outcome }) => [kind, outcome])).toEqual([['uninstall', 200]]);
  });

  it('leaves the tokens of other people valid', async () => {
    const { world, company, ask } = await listening();
    await pressUninstall(world, company, SELLER_A);
    expect((await ask(ME)).status).toBe(200);
  });

  it('can be forged, to test the check', async () => {
    const { world, company, ask, calls } = await listening();
    await sendUninstall(world, company, ADMIN, { authorization: null });
    expect([(await ask(ME)).status, calls.length]).toEqual([200, 1]);
  });

  it('does not call a callback on localhost', async () => {
    const { world, company, calls } = await listening();
    world.pipedrive.app.callback = 'http://localhost:3000/callback';
    await pressUninstall(world, company, ADMIN);
    expect(calls).toEqual([]);
  });
});

describe('sharing', () => {
  it('calls back and changes nothing', async () => {
    const { world, company, ask, calls } = await listening();
    await pressShare(world, company, SELLER_A, true);
    const { app } = world.pipedrive;
    const body = { company_id: company.id, user_id: SELLER_A, isShared: true };
    expect(calls).toEqual([['POST', app.callback, basicOf(app), body]]);
    expect((await ask(ME)).status).toBe(200);
  });
});
