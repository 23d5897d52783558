/** Own settings in the panels of two admins, with the real server. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnServer } from '../../../../widget/account/account.ts';
import { readOwnRules } from '../../../../domain/own-rules.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { createOwn, type OwnModel } from '../../../../widget/admin/panel/own.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN } from '../../../world/people.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => stage.close());

async function panel(own: object = {}, goesWrong: (server: OwnServer) => Partial<OwnServer> = () => ({})) {
  const { server } = servicesOf(stage.world);
  const field = JSON.stringify(own);
  const model = createOwn({
    page: {
      account: { id: String(stage.world.crm.account.id), country: 'RU' },
      me: { id: String(ADMIN), name: '', isAdmin: true, phone: '' },
      ownSettings: () => field,
      offerOwnSettings: () => undefined,
    },
    server: () => ({ ...server, ...goesWrong(server) }),
    defaultChatUrl: stage.world.options.gatewayOrigin,
  });
  await model.read();
  return model;
}
const kept = async (): Promise<unknown> => (await servicesOf(stage.world).server.own()).settings;
const claims = (model: OwnModel, deals: 'always' | 'never') => model.set(['claims', 'deals'], deals);
const noAnswer = (): Promise<never> => Promise.reject(new Failure('no-answer', 'chat'));

describe('own settings in the CRM’s field', () => {
  it('are taken over once, without the address of the server', async () => {
    await panel({ v: 1, chatUrl: 'https://gateway.example.com', standInOwners: ['7'] });
    expect(await kept()).toEqual({ v: 1, standInOwners: ['7'] });
    const later = await panel({ v: 1, chatUrl: 'https://gateway.example.com', standInOwners: ['8'] });
    expect(later.settings.value).toEqual({ chatUrl: 'https://gateway.example.com', standInOwners: ['7'] });
    expect(await kept()).toEqual({ v: 1, standInOwners: ['7'] });
  });

  it('are not taken over when they are only the address', async () => {
    const model = await panel({ v: 1, chatUrl: 'https://gateway.example.com' });
    expect([model.state.value, await kept()]).toEqual([{ kind: 'kept' }, null]);
  });

  it('can be taken over by two admins at the same moment', async () => {
    await Promise.all([panel({ standInOwners: ['7'] }), panel({ standInOwners: ['7'] })]);
    expect(await kept()).toEqual({ standInOwners: ['7'] });
  });
});

describe('two admins', () => {
  it('who change different settings lose nothing and see each other’s changes', async () => {
    const [first, second] = await Promise.all([panel(), panel()]);
    first.set(['standInOwners'], ['7']);
    claims(second, 'never');
    await expect.poll(() => first.state.value).toEqual({ kind: 'saved' });
    await expect.poll(() => second.state.value).toEqual({ kind: 'saved' });
    expect(await kept()).toMatchObject({ standInOwners: ['7'], claims: { deals: 'never' } });
    await second.read();
    expect(second.settings.value.standInOwners).toEqual(['7']);
  });

  it('who change the same setting keep the first choice, and the second admin is told', async () => {
    const [first, second] = await Promise.all([panel(), panel()]);
    claims(first, 'always');
    await expect.poll(() => first.state.value).toEqual({ kind: 'saved' });
    claims(second, 'never');
    await expect.poll(() => second.state.value).toEqual({ kind: 'contested' });
    expect(readOwnRules(second.text.value).claims.deals).toBe('always');
    claims(second, 'never');
    await expect.poll(() => second.state.value).toEqual({ kind: 'saved' });
    expect(await kept()).toMatchObject({ claims: { deals: 'never' } });
  });
});

describe('a change', () => {
  it('that is made while another is saved is saved as well', async () => {
    const model = await panel();
    model.set(['standInOwners'], ['7']);
    claims(model, 'never');
    await expect.poll(() => model.state.value).toEqual({ kind: 'saved' });
    expect(await kept()).toMatchObject({ standInOwners: ['7'], claims: { deals: 'never' } });
  });

  it('whose answer was lost is saved once and shown as saved', async () => {
    let lost = 1;
    const model = await panel({}, server => ({
      async saveOwn(own) {
        const saved = await server.saveOwn(own);
        return lost-- > 0 ? noAnswer() : saved;
      },
    }));
    model.set(['standInOwners'], ['7']);
    await expect.poll(() => model.state.value, { timeout: 5000 }).toEqual({ kind: 'saved' });
    expect((await servicesOf(stage.world).server.own()).version).toBe('1');
  });

  it('that never gets an answer is unknown and stays on the screen until it is saved again', async () => {
    let isDown = true;
    const model = await panel({}, server => ({
      saveOwn: own => (isDown ? noAnswer() : server.saveOwn(own)),
    }));
    model.set(['standInOwners'], ['7']);
    await expect.poll(() => model.state.value, { timeout: 8000 }).toMatchObject({ kind: 'unknown' });
    expect(model.settings.value.standInOwners).toEqual(['7']);
    isDown = false;
    await model.save();
    expect(model.state.value).toEqual({ kind: 'saved' });
  });

  it('that is refused leaves everything as it was', async () => {
    const model = await panel({ standInOwners: ['7'] }, server => ({
      saveOwn: own =>
        own.version === '0' ? server.saveOwn(own) : Promise.reject(new Failure('forbidden', 'chat')),
    }));
    model.set(['standInOwners'], []);
    await expect
      .poll(() => model.state.value)
      .toMatchObject({ kind: 'failed', failure: { code: 'forbidden' } });
    expect(model.settings.value.standInOwners).toEqual(['7']);
  });
});

it('settings that cannot be read are shown as unread, and are read again on demand', async () => {
  let isDown = true;
  const model = await panel({}, server => ({ own: () => (isDown ? noAnswer() : server.own()) }));
  expect(model.state.value).toMatchObject({ kind: 'unread', failure: { code: 'no-answer' } });
  isDown = false;
  await model.read();
  expect(model.state.value).toEqual({ kind: 'kept' });
});
