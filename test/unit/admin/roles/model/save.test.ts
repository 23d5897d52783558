import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOver, withRole, type Draft } from '../../../../../widget/admin/roles/rules/draft.ts';
import {
  saveRoles,
  type SaveGiven,
  type SaveOutcome,
  type SaveStep,
} from '../../../../../widget/admin/roles/model/save.ts';
import { stageInNode, type NodeStage } from '../../../../mocks/node.ts';
import type { UserRole } from '../../../../world/chat.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../../world/people.ts';
import { SALES_CHANNEL } from '../../../../world/world.ts';
import type { Fault } from '../../../../world/disturbances.ts';
import { servicesOf } from '../../../../support/services.ts';

const seatOf = (person: number) => ({ channelId: SALES_CHANNEL, employeeId: String(person) });
const rowOf = (person: number, role: UserRole['role']): UserRole => ({
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
  const { unhandledRequests } = stage.world;
  stage.close();
  expect(unhandledRequests).toEqual([]);
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
  const [list, { items: employees }] = [await chat.roles(), await records.employees()];
  meanwhile();
  return saveRoles({ chat, employees, draft: sellerA(draftOver(list.assignments)), ...given });
}

/** A service where the fate of a write is certain sooner. */
const impatient = (): Pick<SaveGiven, 'chat'> => ({
  chat: { ...servicesOf(stage.world).chat, settledAfterMs: 1500 },
});

describe('saving roles', () => {
  it('makes the people known to the chat service and writes their roles', async () => {
    expect(await save()).toMatchObject({ kind: 'saved', saved: { alongside: 0 } });
    expect([...stage.world.chat.users.keys()]).toEqual([String(SELLER_A)]);
    expect(there()).toEqual([rowOf(SELLER_A, 'seller')]);
  });

  it('leaves the roles of unknown people and channels as they are', async () => {
    const stranger = { ...rowOf(777, 'auditor'), channelId: 'a-closed-channel' };
    give(stranger);
    await save();
    expect(there()).toEqual([stranger, rowOf(SELLER_A, 'seller')]);
  });

  it('writes nothing when everything is there already', async () => {
    const outcome = await save(() => give(rowOf(SELLER_A, 'seller')));
    expect(outcome).toMatchObject({ kind: 'saved', saved: { alongside: 0 } });
    expect(stage.requests.filter(asked => !asked.startsWith('GET'))).toEqual([]);
  });

  it('makes only the requests that it needs: the answer to the write is the list read back', async () => {
    await save();
    const asked = stage.requests.map(one => one.replace(/https?:\/\/[^/]*/, ''));
    expect(asked.filter(one => /settings|v3/.test(one)).slice(1)).toEqual([
      'GET /settings',
      'POST /v3/users',
      'PATCH /settings',
    ]);
  });

  it('looks after a cut connection until the write can no longer arrive, and says that nothing was saved', async () => {
    const outcome = await save(
      () => stage.world.disturbances.add(/^PATCH \/settings/, 'cut', 2),
      impatient(),
    );
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'no-answer' } });
    expect(there()).toEqual([]);
  });

  it.each<Fault>(['server-error', 'too-many', 'forbidden-json', 'unauthorized', 'broken-json'])(
    'finds out that a save arrived when the gateway’s reading back met "%s"',
    async fault => {
      const outcome = await save(() => {
        stage.world.disturbances.add(/^PATCH \/settings/, () => {
          stage.world.disturbances.add(/^PATCH \/settings/, () => {
            stage.world.disturbances.add(/^GET \/settings/, fault, 1);
          });
        });
      });
      expect(outcome).toMatchObject({ kind: 'saved' });
      expect(there()).toEqual([rowOf(SELLER_A, 'seller')]);
    },
  );

  it('is saved when its write arrives after the first look for it, and shows that it looks', async () => {
    const steps: string[] = [];
    const outcome = await save(
      () => {
        const { disturbances } = stage.world;
        disturbances.add(/^PATCH/, () => {
          // The first read belongs to the request itself; the second is the look that finds nothing yet.
          disturbances.add(/^GET \/settings/, () =>
            disturbances.add(/^GET \/settings/, () =>
              disturbances.add(/^GET \/settings/, () => give(rowOf(SELLER_A, 'seller'))),
            ),
          );
        });
        disturbances.add(/^PATCH/, 'cut');
      },
      { ...impatient(), onStep: ({ kind }) => steps.push(kind) },
    );
    expect(outcome).toMatchObject({ kind: 'saved' });
    expect(steps).toContain('looking');
  });

  it('says why when the key may not change roles', async () => {
    stage.keyKind = 'v3';
    expect(await save()).toMatchObject({
      kind: 'failed',
      failure: { code: 'forbidden', reason: 'roles-read-only' },
    });
  });
});

describe('what another admin saves', () => {
  /** The moments at which the other admin saves: each is the arrival of one of my requests. */
  const MOMENTS: readonly [when: string, (happens: () => void) => void][] = [
    ['before I read', happens => happens()],
    ['while I introduce people', happens => stage.world.disturbances.add(/^POST \/v3\/users/, happens)],
    ['just before I write', happens => stage.world.disturbances.add(/^PATCH \/settings/, happens)],
  ];

  it.each(MOMENTS)('%s in other seats is kept beside mine', async (_when, at) => {
    const outcome = await save(() => at(() => give(rowOf(SELLER_B, 'manager'))));
    expect(outcome).toMatchObject({ kind: 'saved', saved: { alongside: 1 } });
    expect(there()).toEqual([rowOf(SELLER_B, 'manager'), rowOf(SELLER_A, 'seller')]);
  });

  it.each(MOMENTS)('%s in the same seat is not overwritten: I am asked', async (_when, at) => {
    const outcome = await save(() => at(() => give(rowOf(SELLER_A, 'auditor'))));
    expect(outcome).toMatchObject({ kind: 'contested' });
    expect(there()).toEqual([rowOf(SELLER_A, 'auditor')]);
  });

  it.each(MOMENTS)('%s in the same seat stays when I leave the seat to them', async (_when, at) => {
    const outcome = await save(() => at(() => give(rowOf(SELLER_A, 'auditor'))), { contested: 'leave' });
    expect(outcome).toMatchObject({ kind: 'saved', saved: { alongside: 1 } });
    expect(there()).toEqual([rowOf(SELLER_A, 'auditor')]);
  });

  it('is shown for approval together with mine before anything is written', async () => {
    const outcome = await save(() => give(rowOf(SELLER_B, 'manager')), {
      approves: merged => !merged.base.size,
    });
    expect(outcome).toMatchObject({ kind: 'unapproved' });
    expect(there()).toEqual([rowOf(SELLER_B, 'manager')]);
  });

  it('faster than I can write ends my save, and nothing of theirs is lost', async () => {
    let saves = 0;
    const outcome = await save(() =>
      stage.world.disturbances.add(
        /^PATCH \/settings/,
        () => give(rowOf(SELLER_B, (saves += 1) % 2 ? 'manager' : 'auditor')),
        Infinity,
      ),
    );
    expect(outcome).toEqual({ kind: 'stale' });
    expect(there()).toEqual([rowOf(SELLER_B, 'manager')]);
  });

  it('right after me, over what I wrote, is not overwritten but reported as a difference', async () => {
    const outcome = await save(() =>
      // My request, then the gateway's request, then the reading back.
      stage.world.disturbances.add(/^PATCH/, () =>
        stage.world.disturbances.add(/^PATCH/, () =>
          stage.world.disturbances.add(/^GET \/settings/, () => give(rowOf(SELLER_B, 'manager'))),
        ),
      ),
    );
    expect(outcome).toMatchObject({ kind: 'differs' });
    expect(there()).toEqual([rowOf(SELLER_B, 'manager')]);
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
    const { items: employees } = await records.employees();
    return saveRoles({ chat, employees, draft, ...given });
  }

  it('shows its progress', async () => {
    const steps: SaveStep[] = [];
    await saveMany({ onStep: step => steps.push(step) });
    expect(steps).toEqual([
      { kind: 'reading' },
      ...[0, 100, 200, 250].map(done => ({ kind: 'people', done, of: 250 })),
      { kind: 'writing' },
    ]);
    expect(there()).toHaveLength(250);
  });

  it('stops on demand between two steps, says how far it got, and writes no role', async () => {
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
