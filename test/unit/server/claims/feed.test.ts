import { beforeEach, describe, expect, it } from 'vitest';
import type { FollowUp } from '../../../../server/claims/follow-up.ts';
import { performFollowUp } from '../../../../server/claims/perform.ts';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { A, claimStage, losing, noteOf, taskOf, type ClaimStage } from './claim-stage.ts';

const DONE = { kind: 'done', deals: [] };
const REFUSED = { kind: 'refused', deals: [] };

let at: ClaimStage;
beforeEach(async () => {
  at = await claimStage();
});

const notes = (): readonly string[] => at.world.crm.notes.map(({ text }) => text);
const tasks = () => [...at.world.crm.tasks.values()];

const KINDS: readonly {
  readonly what: string;
  readonly on: RegExp;
  readonly made: () => FollowUp;
  readonly texts: () => readonly string[];
}[] = [
  { what: 'a note', on: /^POST .*\/notes$/, made: () => noteOf(at), texts: notes },
  {
    what: 'a task',
    on: /^POST .*\/tasks$/,
    made: () => taskOf(at),
    texts: () => tasks().map(one => one.text),
  },
];

describe.each(KINDS)('$what', ({ on, made, texts }) => {
  it('is written once, in the name of the person', async () => {
    const row = at.row(made());
    expect(await at.attempt(row)).toEqual(DONE);
    expect(texts()).toHaveLength(1);
    expect([...at.world.crm.notes, ...tasks()].map(one => one.createdBy)).toEqual([SELLER_A]);
    expect(await at.attempt(row)).toEqual(DONE);
    expect(texts()).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)(
    'is written once when its answer is lost %s it is written',
    async how => {
      at.gate = losing(at, on, how);
      expect(await at.perform(made())).toEqual(DONE);
      expect(texts()).toHaveLength(1);
    },
  );

  it('is not sent again while an earlier request may still arrive', async () => {
    at.gate = losing(at, on, 'late');
    const row = at.row(made());
    expect(await at.attempt(row)).toMatchObject({ kind: 'later', mayBeThere: true, afterMs: 60_000 });
    at.world.clock.advance(10_000);
    expect(await at.attempt(row)).toMatchObject({ kind: 'later', mayBeThere: true, afterMs: 50_000 });
    expect(at.asked.filter(one => on.test(one))).toHaveLength(1);
    expect(await at.finish(row)).toEqual(DONE);
    expect(texts()).toHaveLength(1);
  });

  it('waits no longer than that when the clock is set back', async () => {
    const row = { ...at.row(made()), sentAt: at.world.clock.now() + 3_600_000 };
    expect(await at.attempt(row)).toMatchObject({ kind: 'later', afterMs: 60_000 });
  });

  it('is written even if an earlier claim has left the same text', async () => {
    await at.perform(made());
    at.world.clock.advance(3_600_000);
    at.gate = losing(at, on, 'before');
    expect(await at.perform(made())).toEqual(DONE);
    expect(texts()).toHaveLength(2);
  });

  it('is neither sent again nor given up while the CRM cannot be read', async () => {
    at.gate = (asked, pass) =>
      /POST|GET .*(notes|tasks)/.test(asked) ? Promise.reject(new TypeError()) : pass();
    const row = at.row(made());
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await at.attempt(row)).toMatchObject({ kind: 'later', mayBeThere: true });
      at.world.clock.advance(60_000);
    }
    expect(at.asked.filter(one => on.test(one))).toHaveLength(1);
  });

  it.each([
    'too-many',
    'too-many-html',
    'unpaid',
    'unauthorized',
    'forbidden-html',
    'address-not-allowed',
  ] as const)('was certainly not written when the CRM answers "%s"', async fault => {
    at.world.disturbances.add(on, fault);
    const row = at.row(made());
    expect(await at.attempt(row)).toEqual({ kind: 'later', mayBeThere: false, afterMs: 0, deals: [] });
    expect(row.sentAt).toBeNull();
    expect(await at.attempt(row)).toEqual(DONE);
    expect(texts()).toHaveLength(1);
  });

  it.each(['server-error', 'broken-json', 'wrong-shape'] as const)(
    'is written once after %s',
    async fault => {
      at.world.disturbances.add(on, fault);
      expect(await at.perform(made())).toEqual(DONE);
      expect(texts()).toHaveLength(1);
    },
  );

  it.each(['no-rights-244', 'forbidden-json'] as const)(
    'is refused when the CRM answers "%s"',
    async fault => {
      at.world.disturbances.add(on, fault);
      expect(await at.perform(made())).toEqual(REFUSED);
      expect(at.asked.filter(one => one.startsWith('POST'))).toHaveLength(1);
    },
  );

  it.each(['theirs', 'givers'] as const)(
    'is never written for a person who may not see the contact, when the rights of the request are "%s"',
    async rights => {
      at.world.oddities.contextRights = rights;
      at.user(SELLER_A).contacts.view = 'M';
      at.client.responsibleUserId = SELLER_B;
      expect(await at.perform(made())).toEqual(REFUSED);
      expect(texts()).toEqual([]);
    },
  );

  it.each([
    ['has left', { isActive: false }],
    ['is now a user of the free plan', { isFree: true }],
  ])('is refused when the person %s', async (_what, change) => {
    Object.assign(at.user(SELLER_A), change);
    expect(await at.perform(made())).toEqual(REFUSED);
    expect(at.asked.filter(one => one.startsWith('POST'))).toEqual([]);
  });

  it('is refused when the CRM does not know the person', async () => {
    at.world.crm.users.delete(SELLER_A);
    expect(await at.perform(made())).toEqual(REFUSED);
  });

  it('is void when the client was deleted', async () => {
    at.client.isDeleted = true;
    expect(await at.perform(made())).toEqual({ kind: 'void' });
  });

  it('is written only after the attempt is stored', async () => {
    const sent = at.world.disturbances;
    sent.add(on, () => expect(row.sentAt).not.toBeNull());
    const row = at.row(made());
    await at.attempt(row);
    expect(sent.waiting()).toEqual([]);
  });
});

describe('a task', () => {
  it('is about the client, for the former owner, and due a day later', async () => {
    await at.perform(taskOf(at));
    expect(tasks()).toMatchObject([
      {
        entityType: 'contacts',
        entityId: at.client.id,
        responsibleUserId: SELLER_B,
        completeTill: Math.floor(at.world.clock.now() / 1000) + 24 * 3600,
        taskTypeId: 1,
      },
    ]);
  });

  it('that was completed at once is not written again', async () => {
    const row = at.row(taskOf(at));
    at.gate = async (asked, pass) => {
      if (!asked.startsWith('POST')) return pass();
      await pass();
      tasks().forEach(task => Object.assign(task, { isCompleted: true }));
      throw new TypeError('fetch failed');
    };
    expect(await at.attempt(row)).toEqual(DONE);
    expect(tasks()).toHaveLength(1);
  });

  it('is void when the former owner has left', async () => {
    at.user(SELLER_B).isActive = false;
    expect(await at.perform(taskOf(at))).toEqual({ kind: 'void' });
  });

  it('for another person with the same text is not mistaken for it', async () => {
    at.world.crm.writeTask(SELLER_A, {
      entityType: 'contacts',
      entityId: at.client.id,
      text: 'Look at this',
      completeTill: 1,
      responsibleUserId: HEAD_OF_SALES,
    });
    at.gate = losing(at, /^POST/, 'before');
    await at.perform(taskOf(at));
    expect(tasks().map(one => one.responsibleUserId)).toEqual([HEAD_OF_SALES, SELLER_B]);
  });

  it('is found behind two hundred and fifty others', async () => {
    for (let made = 0; made < 250; made += 1)
      at.world.crm.writeTask(SELLER_A, {
        entityType: 'contacts',
        entityId: at.client.id,
        text: `Call ${made}`,
        completeTill: 1,
        responsibleUserId: SELLER_B,
      });
    at.gate = losing(at, /^POST/, 'after');
    expect(await at.attempt(at.row(taskOf(at)))).toEqual(DONE);
    expect(tasks()).toHaveLength(251);
  });
});

it('a note that the network itself sends twice is there twice, because the server cannot notice it', async () => {
  at.world.disturbances.add(/^POST .*notes/, 'twice');
  const row = at.row(noteOf(at));
  expect(await at.attempt(row)).toEqual(DONE);
  at.world.clock.advance(1000);
  await new Promise(resolve => {
    setImmediate(resolve);
  });
  expect(await at.attempt(row)).toEqual(DONE);
  expect(notes()).toHaveLength(2);
});

it('an error that does not come from the CRM is thrown on', async () => {
  const failing = performFollowUp(at.crm, noteOf(at), {
    sentAt: null,
    now: at.world.clock.now,
    ownSettings: '',
    sending: () => Promise.reject(new Error('The database is down')),
    saveMoves: () => Promise.resolve(),
  });
  await expect(failing).rejects.toThrow('The database is down');
  expect(notes()).toEqual([]);
});

describe('a note of an undo', () => {
  const undone = (): FollowUp => ({
    ...noteOf(at, 'Taken back'),
    onlyAfter: { text: `By @[${A}]`, sentAt: at.world.clock.now() },
  });

  it('is written when the claim’s note exists', async () => {
    await at.perform(noteOf(at, `By @[${A}]`));
    expect(await at.perform(undone())).toEqual(DONE);
    expect(notes()).toHaveLength(2);
  });

  it('waits for the claim’s note as long as it may arrive, and is void without it', async () => {
    const row = at.row(undone());
    expect(await at.attempt(row)).toEqual({ kind: 'later', mayBeThere: false, afterMs: 60_000, deals: [] });
    expect(await at.finish(row)).toEqual({ kind: 'void' });
    expect(notes()).toEqual([]);
  });

  it('is refused to a person who has left', async () => {
    await at.perform(noteOf(at, `By @[${A}]`));
    at.user(SELLER_A).isActive = false;
    expect(await at.perform(undone())).toEqual(REFUSED);
  });
});
