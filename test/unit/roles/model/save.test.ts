import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chat } from '../../../../widget/chat/chat.ts';
import { draftOver, withRole, type Draft } from '../../../../widget/roles/rules/draft.ts';
import {
  saveRoles,
  type SaveGiven,
  type SaveOutcome,
  type SaveStep,
} from '../../../../widget/roles/model/save.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import type { UserRole } from '../../../world/chat.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { servicesOf } from '../../services.ts';

const seatOf = (person: number) => ({ channelId: SALES_CHANNEL, employeeId: String(person) });
const held = (person: number, role: UserRole['role']): UserRole => ({
  channelId: SALES_CHANNEL,
  userId: String(person),
  role,
  allowGetNewClients: role === 'seller',
});

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN });
});
afterEach(() => {
  const { strays } = stage.world;
  stage.close();
  expect(strays).toEqual([]);
});

const there = () => stage.world.chat.settings.userRoles;
function give(...userRoles: readonly UserRole[]): void {
  stage.world.chat.settings = { ...stage.world.chat.settings, userRoles };
}
const sellerA = (draft: Draft): Draft => withRole(draft, seatOf(SELLER_A), 'seller');

/** The dialog opens, A becomes a sales rep, and the admin saves; `meanwhile` happens in between. */
async function save(
  meanwhile: () => void = () => undefined,
  given: Partial<SaveGiven> = {},
): Promise<SaveOutcome> {
  const { records, chat } = servicesOf(stage.world);
  const [list, employees] = [await chat.roles(), await records.employees()];
  meanwhile();
  return saveRoles({ chat, employees, draft: sellerA(draftOver(list.assignments)), ...given });
}

/** The same service without versions: it writes whatever comes last. */
function unversioned(afterWrite: () => void = () => undefined): Chat {
  const { chat } = servicesOf(stage.world);
  const roles: Chat['roles'] = async () => ({ ...(await chat.roles()), version: '' });
  return {
    ...chat,
    roles,
    async saveRoles(list) {
      await chat.saveRoles({ ...list, version: (await chat.roles()).version });
      afterWrite();
      return roles();
    },
  };
}

describe('saving roles', () => {
  it('makes the people known to the chat service and writes their roles', async () => {
    expect(await save()).toMatchObject({ kind: 'saved', saved: { alongside: 0, left: [] } });
    expect([...stage.world.chat.users.keys()]).toEqual([String(SELLER_A)]);
    expect(there()).toEqual([held(SELLER_A, 'seller')]);
  });

  it('leaves the roles of people and channels that it does not know as they are', async () => {
    const stranger = { ...held(777, 'auditor'), channelId: 'a-closed-channel' };
    give(stranger);
    await save();
    expect(there()).toEqual([stranger, held(SELLER_A, 'seller')]);
  });

  it('writes nothing when everything is there already', async () => {
    const outcome = await save(() => give(held(SELLER_A, 'seller')));
    expect(outcome).toMatchObject({ kind: 'saved', saved: { changes: [] } });
    expect(stage.requests.filter(asked => !asked.startsWith('GET'))).toEqual([]);
  });

  it('takes a cut connection for no answer, looks, and says that nothing was written', async () => {
    const outcome = await save(() => stage.world.disturbances.add(/^PATCH \/settings/, 'cut', 2));
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'no-answer' } });
    expect(there()).toEqual([]);
  });

  it('finds out that a save arrived whose answer could not be read', async () => {
    const outcome = await save(() => {
      // The service acts and the gateway loses its answer: the gateway's own reading back fails.
      stage.world.disturbances.add(/^PATCH \/settings/, () => {
        stage.world.disturbances.add(/^PATCH \/settings/, () => {
          stage.world.disturbances.add(/^GET \/settings/, 'server-error', 1);
        });
      });
    });
    expect(outcome).toMatchObject({ kind: 'saved' });
    expect(there()).toEqual([held(SELLER_A, 'seller')]);
  });

  it('says why when the key does not let roles be changed', async () => {
    stage.keyKind = 'v3';
    expect(await save()).toMatchObject({
      kind: 'failed',
      failure: { code: 'forbidden', reason: 'roles-read-only' },
    });
  });
});

describe('what another admin saved', () => {
  /** When he saves: each moment is the coming of a request of mine. */
  const MOMENTS: readonly [when: string, (happens: () => void) => void][] = [
    ['before I read', happens => happens()],
    ['while I introduce people', happens => stage.world.disturbances.add(/^POST \/v3\/users/, happens)],
    ['just before I write', happens => stage.world.disturbances.add(/^PATCH \/settings/, happens)],
  ];

  it.each(MOMENTS)('%s in other seats is kept beside mine', async (_when, at) => {
    const outcome = await save(() => at(() => give(held(SELLER_B, 'manager'))));
    expect(outcome).toMatchObject({ kind: 'saved', saved: { alongside: 1 } });
    expect(there()).toEqual([held(SELLER_B, 'manager'), held(SELLER_A, 'seller')]);
  });

  it.each(MOMENTS)('%s in the same seat is not overwritten: I am asked', async (_when, at) => {
    const outcome = await save(() => at(() => give(held(SELLER_A, 'auditor'))));
    expect(outcome).toMatchObject({ kind: 'contested' });
    expect(there()).toEqual([held(SELLER_A, 'auditor')]);
  });

  it.each(MOMENTS)('%s is left to him where I am told to', async (_when, at) => {
    const outcome = await save(() => at(() => give(held(SELLER_A, 'auditor'))), { contested: 'leave' });
    expect(outcome).toMatchObject({ kind: 'saved', saved: { changes: [], left: [seatOf(SELLER_A)] } });
    expect(there()).toEqual([held(SELLER_A, 'auditor')]);
  });

  it('is looked at as a whole before it is written with mine', async () => {
    const outcome = await save(() => give(held(SELLER_B, 'manager')), {
      approves: merged => !merged.base.size,
    });
    expect(outcome).toMatchObject({ kind: 'unapproved' });
    expect(there()).toEqual([held(SELLER_B, 'manager')]);
  });

  it('again and again, faster than I write, ends the save and loses nothing', async () => {
    let saves = 0;
    const outcome = await save(() =>
      stage.world.disturbances.add(
        /^PATCH \/settings/,
        () => give(held(SELLER_B, (saves += 1) % 2 ? 'manager' : 'auditor')),
        Infinity,
      ),
    );
    expect(outcome).toEqual({ kind: 'stale' });
    expect(there()).toEqual([held(SELLER_B, 'manager')]);
  });

  it('right after me, over what I wrote, is not overwritten: somebody has to look', async () => {
    const outcome = await save(() =>
      // My request, then the gateway's own; then the page reads back.
      stage.world.disturbances.add(/^PATCH/, () =>
        stage.world.disturbances.add(/^PATCH/, () =>
          stage.world.disturbances.add(/^GET \/settings/, () => give(held(SELLER_B, 'manager'))),
        ),
      ),
    );
    expect(outcome).toMatchObject({ kind: 'differs' });
    expect(there()).toEqual([held(SELLER_B, 'manager')]);
  });
});

describe('a service without versions', () => {
  it('has the list read once more after the people were introduced', async () => {
    const outcome = await save(
      () => stage.world.disturbances.add(/^POST \/v3\/users/, () => give(held(SELLER_B, 'manager'))),
      { chat: unversioned() },
    );
    expect(outcome).toMatchObject({ kind: 'saved' });
    expect(there()).toEqual([held(SELLER_B, 'manager'), held(SELLER_A, 'seller')]);
  });

  it('has my seats put back that somebody wrote over without having seen them', async () => {
    let writes = 0;
    const chat = unversioned(() => {
      writes += 1;
      if (writes === 1) give(held(SELLER_B, 'manager'));
    });
    expect(await save(undefined, { chat })).toMatchObject({ kind: 'saved' });
    expect(there()).toEqual([held(SELLER_B, 'manager'), held(SELLER_A, 'seller')]);
  });

  it('has me look where somebody wrote something else into my seat', async () => {
    const chat = unversioned(() => give(held(SELLER_A, 'auditor')));
    expect(await save(undefined, { chat })).toMatchObject({ kind: 'differs' });
    expect(there()).toEqual([held(SELLER_A, 'auditor')]);
  });
});

describe('a large save', () => {
  const many = Array.from({ length: 250 }, (_, at) => ({ id: 9000 + at }));
  const everybody = (draft: Draft): Draft =>
    many.reduce((all, { id }) => withRole(all, seatOf(id), 'seller'), draft);
  async function saveMany(given: Partial<SaveGiven>): Promise<SaveOutcome> {
    const [vera] = [stage.world.crm.users.get(HEAD_OF_SALES)];
    if (vera) for (const { id } of many) stage.world.crm.users.set(id, { ...vera, id, name: `Имя ${id}` });
    const { records, chat } = servicesOf(stage.world);
    const draft = everybody(draftOver([]));
    return saveRoles({ chat, employees: await records.employees(), draft, ...given });
  }

  it('tells how far it is', async () => {
    const steps: SaveStep[] = [];
    await saveMany({ onStep: step => steps.push(step) });
    expect(steps).toEqual([
      { kind: 'reading' },
      ...[0, 100, 200, 250].map(done => ({ kind: 'people', done, of: 250 })),
      { kind: 'writing' },
    ]);
    expect(there()).toHaveLength(250);
  });

  it('stops on demand between two steps, says what was done, and writes no role', async () => {
    const stopping = new AbortController();
    const outcome = await saveMany({
      signal: stopping.signal,
      onStep: step => {
        if (step.kind === 'people' && step.done === 200) stopping.abort();
      },
    });
    expect(outcome).toEqual({ kind: 'stopped', done: 200, of: 250 });
    expect(stage.world.chat.users.size).toBe(200);
    expect(there()).toEqual([]);
  });
});
