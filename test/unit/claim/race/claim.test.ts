import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimClient } from '../../../../widget/claim/race/claim.ts';
import type { Press, Settling } from '../../../../widget/claim/race/press.ts';
import type { Intent } from '../../../../widget/claim/race/intents.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import type { CrmContact } from '../../../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { servicesOf } from '../../services.ts';

let stage: NodeStage;
let client: CrmContact;
let intents: Intent[];
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A });
  client = stage.world.clientWrites();
  intents = [];
});
afterEach(() => {
  const { strays } = stage.world;
  stage.close();
  expect(strays).toEqual([]);
});

/** Everything that is shown until the claim is settled. Waiting takes no time; `pauses` hears of it. */
async function claim(
  press: Partial<Press> = {},
  pauses = (_ms: number): void => undefined,
): Promise<Settling[]> {
  const shown: Settling[] = [];
  let waited = 0;
  await claimClient(
    {
      crm: servicesOf(stage.world).records,
      me: String(SELLER_A),
      isFree: ownerId => ownerId === String(NOBODY),
      now: () => waited,
      pause(ms) {
        waited += ms;
        pauses(ms);
        return Promise.resolve(true);
      },
      keep: intent => void intents.push(intent),
      drop: contactId => {
        intents = intents.filter(intent => intent.contactId !== contactId);
      },
      show: settling => void shown.push(settling),
    },
    { contactId: String(client.id), basedOn: String(NOBODY), fromColleague: false, ...press },
  );
  return shown;
}
const outcome = async (...given: Parameters<typeof claim>) => (await claim(...given)).at(-1);
const PATCH = /^PATCH \/api\/v4\/contacts\//;
const GET = /^GET \/api\/v4\/contacts\//;
const assign = (by: number, to: number) => stage.world.crm.assignContact(by, client.id, to);
/** How often the CRM was asked to change the responsible. */
const writes = () => stage.requests.filter(asked => asked.startsWith('PATCH')).length;
const asked = () =>
  stage.requests.map(request =>
    request
      .replace(/https?:\/\/[^/]+/, '')
      .replace(/\?.*/, '')
      .replace(/\d+/g, 'N'),
  );

describe('a claim in the CRM', () => {
  it('takes four requests when nothing is lost or late, and remembers itself only meanwhile', async () => {
    expect((await claim()).map(({ kind }) => kind)).toEqual(['writing', 'checking', 'mine']);
    expect(client.responsibleUserId).toBe(SELLER_A);
    expect(asked().map(one => one.split(' ')[0])).toEqual(['GET', 'PATCH', 'GET', 'GET']);
    expect(intents).toEqual([]);
  });

  it('takes five when a colleague works with the client', async () => {
    assign(NOBODY, SELLER_B);
    stage.world.crm.ownerChanges.length = 0;
    expect(await outcome({ basedOn: String(SELLER_B), fromColleague: true })).toMatchObject({ kind: 'mine' });
    expect(stage.requests).toHaveLength(5);
  });

  it('does not take a client from a colleague who has just got the client', async () => {
    assign(SELLER_B, SELLER_B);
    expect(await outcome({ basedOn: String(SELLER_B), fromColleague: true })).toMatchObject({
      kind: 'too-soon',
      turn: { ownerId: String(SELLER_B), by: String(SELLER_B), how: 'claim' },
    });
    expect(writes()).toBe(0);
  });

  it.each(['plain', 'embedded'] as const)('understands the %s answer to a change', async shape => {
    stage.world.oddities.patchAnswer = shape;
    expect(await outcome()).toMatchObject({ kind: 'mine' });
  });

  it('stops before writing when a colleague took the client a moment ago, and says who', async () => {
    assign(SELLER_B, SELLER_B);
    expect(await outcome()).toMatchObject({ kind: 'taken', turn: { ownerId: String(SELLER_B) } });
    expect(writes()).toBe(0);
  });

  it('stops before writing when the responsible is another one since long', async () => {
    assign(SELLER_B, SELLER_B);
    stage.world.crm.ownerChanges.length = 0;
    expect(await outcome()).toMatchObject({ kind: 'changed', contact: { ownerId: String(SELLER_B) } });
    expect(writes()).toBe(0);
  });

  it('hands the client back to the colleague who was faster by a moment, and says who', async () => {
    stage.world.disturbances.add(PATCH, () => assign(SELLER_B, SELLER_B));
    expect(await outcome()).toMatchObject({
      kind: 'taken',
      iWasFirst: false,
      turn: { ownerId: String(SELLER_B), by: String(SELLER_B), how: 'claim' },
    });
    expect(client.responsibleUserId).toBe(SELLER_B);
    expect(writes()).toBe(2);
    expect(intents).toEqual([]);
  });

  it('waits for a colleague who wrote over it to hand the client back', async () => {
    stage.world.disturbances.add(GET, () => undefined);
    stage.world.disturbances.add(GET, () => assign(SELLER_B, SELLER_B));
    expect(await outcome({}, () => assign(SELLER_B, SELLER_A))).toMatchObject({ kind: 'mine' });
    expect(writes()).toBe(1);
  });

  it('says that I was first when the colleague never hands back, and takes nothing by itself', async () => {
    stage.world.disturbances.add(GET, () => undefined);
    stage.world.disturbances.add(GET, () => assign(SELLER_B, SELLER_B));
    expect(await outcome()).toMatchObject({ kind: 'taken', iWasFirst: true });
    expect(writes()).toBe(1);
  });

  it('says that I still have the client when the CRM does not let me hand the client back', async () => {
    const seller = stage.world.crm.users.get(SELLER_A);
    stage.world.disturbances.add(PATCH, () => assign(SELLER_B, SELLER_B));
    stage.world.disturbances.add(GET, () => undefined);
    stage.world.disturbances.add(GET, () => seller && (seller.contacts = { view: 'A', edit: 'D' }));
    expect(await outcome()).toMatchObject({ kind: 'kept', firstId: String(SELLER_B) });
  });

  it('writes nothing when the client is mine already', async () => {
    assign(SELLER_A, SELLER_A);
    expect(await outcome()).toMatchObject({ kind: 'mine' });
    expect(writes()).toBe(0);
  });

  it.each(['no-rights-244', 'forbidden-json', 'forbidden-html'] as const)(
    'is forbidden when the CRM answers %s',
    async fault => {
      stage.world.disturbances.add(PATCH, fault);
      expect(await outcome()).toEqual({ kind: 'forbidden' });
      expect(client.responsibleUserId).toBe(NOBODY);
      expect(intents).toEqual([]);
    },
  );

  it('is forbidden to a seller who may edit only their own contacts', async () => {
    const seller = stage.world.crm.users.get(SELLER_A);
    if (seller) seller.contacts = { view: 'A', edit: 'M' };
    expect(await outcome()).toEqual({ kind: 'forbidden' });
  });

  it('finds nobody to claim when the contact was deleted', async () => {
    client.isDeleted = true;
    expect(await outcome()).toEqual({ kind: 'missing' });
  });

  it('tries once more when the CRM has had too many requests, reading first', async () => {
    stage.world.disturbances.add(PATCH, 'too-many');
    expect(await outcome()).toMatchObject({ kind: 'mine' });
    expect(asked().map(one => one.split(' ')[0])).toEqual(['GET', 'PATCH', 'GET', 'PATCH', 'GET', 'GET']);
  });

  it('is unknown at first, and watched for a minute, when the connection was cut and the CRM shows nothing', async () => {
    stage.world.disturbances.add(PATCH, 'cut');
    let waited = 0;
    const shown = await claim({}, ms => (waited += ms));
    expect(shown.map(({ kind }) => kind)).toContain('unknown');
    expect(shown.at(-1)).toMatchObject({ kind: 'failed', failure: { code: 'no-answer' } });
    expect(waited).toBeGreaterThanOrEqual(60_000);
    expect(writes()).toBe(1);
  });

  it('is mine when the answer to the write could not be read but the CRM shows me', async () => {
    stage.world.disturbances.add(PATCH, 'broken-json');
    expect(await outcome()).toMatchObject({ kind: 'mine' });
    expect(writes()).toBe(1);
  });

  it('is unknown while the CRM cannot be asked after the write, and mine when it can', async () => {
    stage.world.disturbances.add(GET, () => undefined);
    stage.world.disturbances.add(GET, 'forbidden-html');
    expect((await claim()).map(({ kind }) => kind)).toEqual(['writing', 'checking', 'unknown', 'mine']);
  });

  it.each([
    ['unauthorized', 'signed-out'],
    ['broken-json', 'unreadable'],
    ['wrong-shape', 'unreadable'],
  ] as const)('fails before it has written anything when the first answer is %s', async (fault, code) => {
    stage.world.disturbances.add(GET, fault);
    expect(await outcome()).toMatchObject({ kind: 'failed', failure: { code } });
    expect(writes()).toBe(0);
  });

  it('reads again by itself when the CRM has a passing fault', async () => {
    stage.world.disturbances.add(GET, 'server-error');
    expect(await outcome()).toMatchObject({ kind: 'mine' });
  });
});
