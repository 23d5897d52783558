/** The CRM reports that an account has switched the integration off, which the server checks before it believes it. */
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { markDisabled } from '../../server/accounts/state.ts';
import { disabledAddress, pressDisable } from '../mocks/amocrm/installing.ts';
import type { World } from '../world/world.ts';
import { installingStage, patient, type Stage } from './installing.ts';

let stage: Stage;
let world: World;
let id: string;
beforeEach(async () => {
  stage = await installingStage();
  world = stage.world;
  await stage.install();
  await stage.workAll();
  id = await stage.accountId();
  stage.sent.length = 0;
});
afterEach(() => stage.close());

const stateNow = async (): Promise<string | undefined> => (await stage.accounts())[0]?.state;
const read = () => stage.instances[1].api.ask(id, 'account', patient());
const page = (status: number) => async () =>
  new Response('<html>nginx</html>', { status, headers: { 'Content-Type': 'text/html' } });

describe.skipIf(inject('postgres') === '')('switching the integration off', () => {
  const askWhetherDisabled = () => stage.instances[1].disabling.work(patient());
  const reported = async (change: (query: URLSearchParams) => void = () => undefined): Promise<boolean> => {
    const { searchParams } = await disabledAddress(world.crm, world.crm.integration);
    change(searchParams);
    return stage.instances[0].disabling.receive(searchParams);
  };

  it('is believed once the CRM rejects the grant, and is undone by the next Install', async () => {
    await pressDisable(world, world.crm, world.crm.integration);
    expect(await stateNow()).toBe('active');
    await askWhetherDisabled();
    expect(await stateNow()).toBe('disabled');
    await stage.install();
    await stage.workAll();
    expect((await stage.accounts())[0]).toMatchObject({ id, state: 'active', leftAt: null });
    expect(await read()).toMatchObject({ kind: 'answered' });
  });

  it('is not believed while the CRM accepts the grant, even if it is reported several times', async () => {
    for (let time = 0; time < 3; time += 1) expect(await reported()).toBe(true);
    await askWhetherDisabled();
    expect((await stage.accounts())[0]).toMatchObject({ state: 'active', disableToldAt: null });
  });

  it('is checked again when the CRM answered with an error page', async () => {
    await pressDisable(world, world.crm, world.crm.integration);
    stage.strike = page(403);
    await askWhetherDisabled();
    expect(await stateNow()).toBe('active');
    stage.strike = null;
    await askWhetherDisabled();
    expect(await stateNow()).toBe('disabled');
  });

  it('changes nothing when it is reported again after the account came back', async () => {
    await pressDisable(world, world.crm, world.crm.integration);
    await askWhetherDisabled();
    await stage.install();
    await stage.workAll();
    await reported();
    await askWhetherDisabled();
    expect(await stateNow()).toBe('active');
  });

  it('is overruled by an Install that comes while the CRM is asked', async () => {
    await pressDisable(world, world.crm, world.crm.integration);
    stage.strike = async request => {
      if (!new URL(request.url).pathname.endsWith('/subdomain')) return undefined;
      stage.strike = null;
      await stage.install();
      await stage.workAll();
      return undefined;
    };
    await askWhetherDisabled();
    expect(await stateNow()).toBe('active');
  });

  it('is overruled by an Install that comes after the CRM was asked and before its answer is written', async () => {
    const { database } = stage.instances[0].open;
    await pressDisable(world, world.crm, world.crm.integration);
    await stage.install();
    await stage.workAll();
    await markDisabled(database, id, new Date(world.clock.now()));
    expect(await stateNow()).toBe('active');
    // Reported again, so that only the grant speaks for the account.
    await reported();
    await markDisabled(database, id, new Date(world.clock.now()));
    expect(await stateNow()).toBe('active');
  });

  it.each([
    ['signature', 'ab'.repeat(32)],
    ['signature', ''],
    ['signature', 'ж'.repeat(64)],
    ['account_id', '999'],
    ['client_uuid', 'another integration'],
  ])('is ignored with a wrong %s (%j)', async (name, value) => {
    world.crm.oauth.revoke();
    expect(await reported(query => query.set(name, value))).toBe(false);
    await askWhetherDisabled();
    expect(stage.sent).toEqual([]);
    expect(await stateNow()).toBe('active');
  });

  it('is accepted with either name that the CRM’s documents give to the integration', async () => {
    expect(
      await reported(query => {
        query.set('client_id', query.get('client_uuid') ?? '');
        query.delete('client_uuid');
      }),
    ).toBe(true);
  });
});
