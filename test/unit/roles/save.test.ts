import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { draftOver, withRole } from '../../../widget/roles/draft.ts';
import { saveRoles, type SaveOutcome } from '../../../widget/roles/save.ts';
import { stageInNode, type NodeStage } from '../../mocks/node.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../world/people.ts';
import { SALES_CHANNEL } from '../../world/world.ts';
import { servicesOf } from '../services.ts';

const seatOf = (person: number) => ({ channelId: SALES_CHANNEL, employeeId: String(person) });
const seller = (person: number) => ({
  channelId: SALES_CHANNEL,
  userId: String(person),
  role: 'seller' as const,
  allowGetNewClients: true,
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

/** The admin opens the dialog, makes A a sales rep, and saves; `meanwhile` happens in between. */
async function saveSellerA(meanwhile: () => void = () => undefined): Promise<SaveOutcome> {
  const { records, chat } = servicesOf(stage.world);
  const [list, employees] = [await chat.roles(), await records.employees()];
  meanwhile();
  return saveRoles(chat, withRole(draftOver(list.assignments), seatOf(SELLER_A), 'seller'), list, employees);
}

describe('saving roles', () => {
  it('makes the people known to the chat service and writes their roles', async () => {
    expect(await saveSellerA()).toMatchObject({ kind: 'saved' });
    expect([...stage.world.chat.users.keys()]).toEqual([String(SELLER_A)]);
    expect(stage.world.chat.settings.userRoles).toEqual([seller(SELLER_A)]);
  });

  it('leaves the roles of people and channels that it does not know as they are', async () => {
    const stranger = {
      channelId: 'a-closed-channel',
      userId: '777',
      role: 'auditor' as const,
      allowGetNewClients: false,
    };
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [stranger] };
    await saveSellerA();
    expect(stage.world.chat.settings.userRoles).toEqual(expect.arrayContaining([stranger, seller(SELLER_A)]));
  });

  it('writes nothing when another admin has saved since the dialog opened', async () => {
    const outcome = await saveSellerA(() => {
      stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [seller(SELLER_B)] };
    });
    expect(outcome).toEqual({ kind: 'stale' });
    expect(stage.world.chat.settings.userRoles).toEqual([seller(SELLER_B)]);
  });

  it('takes a cut connection for no answer, looks, and says that nothing was written', async () => {
    const outcome = await saveSellerA(() => stage.world.disturbances.add(/^PATCH \/settings/, 'cut', 2));
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'no-answer' } });
    expect(stage.world.chat.settings.userRoles).toEqual([]);
  });

  it('finds out that a save arrived whose answer could not be read', async () => {
    const outcome = await saveSellerA(() => {
      // The service acts and the gateway loses its answer: the gateway's own reading back fails.
      stage.world.disturbances.add(/^PATCH \/settings/, () => {
        stage.world.disturbances.add(/^GET \/settings/, 'server-error', 1);
      });
    });
    expect(['saved', 'failed']).toContain(outcome.kind);
    expect(outcome.kind === 'saved').toBe(stage.world.chat.settings.userRoles.length === 1);
  });

  it('says why when the key does not let roles be changed', async () => {
    stage.keyKind = 'v3';
    expect(await saveSellerA()).toMatchObject({
      kind: 'failed',
      failure: { code: 'forbidden', reason: 'roles-read-only' },
    });
  });
});
