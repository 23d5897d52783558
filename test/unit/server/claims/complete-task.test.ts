import { beforeEach, describe, expect, it } from 'vitest';
import type { FollowUp } from '../../../../server/claims/follow-up.ts';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { A, B, claimStage, losing, type ClaimStage } from './claim-stage.ts';

const DONE = { kind: 'done', deals: [] };
const PATCH = /^PATCH .*\/tasks\//;

let at: ClaimStage;
beforeEach(async () => {
  at = await claimStage();
});

const question = (responsibleUserId = SELLER_A, about = at.client.id) =>
  at.world.crm.writeTask(SELLER_B, {
    entityType: 'contacts',
    entityId: about,
    text: 'May I have them?',
    completeTill: 1,
    responsibleUserId,
  });
const answerTo = (
  task: { readonly id: number } | Extract<FollowUp, { kind: 'answer' }>['task'],
): FollowUp => ({
  contactId: at.contactId,
  employeeId: A,
  kind: 'answer',
  task: 'id' in task ? { id: String(task.id) } : task,
  text: `Here you are, @[${B}]`,
});
const patches = (): number => at.asked.filter(one => PATCH.test(one)).length;

describe('the task with which a colleague asked for the client', () => {
  it('is completed with the answer', async () => {
    const task = question();
    expect(await at.perform(answerTo(task))).toEqual(DONE);
    expect(task).toMatchObject({ isCompleted: true, result: `Here you are, ${at.user(SELLER_B).name}` });
  });

  it('is left alone when it is completed already', async () => {
    const task = question();
    Object.assign(task, { isCompleted: true, result: 'By hand' });
    expect(await at.perform(answerTo(task))).toEqual(DONE);
    expect([task.result, patches()]).toEqual(['By hand', 0]);
  });

  it('is void when it is gone, has no valid id, or is about another client', async () => {
    const other = question(SELLER_A, at.world.crm.addContact('Boris', [], SELLER_A).id);
    expect(await at.perform(answerTo({ id: 404 }))).toEqual({ kind: 'void' });
    expect(await at.perform(answerTo({ id: '../account' }))).toEqual({ kind: 'void' });
    expect(await at.perform(answerTo(other))).toEqual({ kind: 'void' });
    expect([other.isCompleted, patches()]).toEqual([false, 0]);
  });

  it.each(['before', 'after', 'late'] as const)('is completed after a request fails: %s', async how => {
    at.gate = losing(at, PATCH, how);
    const task = question();
    expect(await at.perform(answerTo(task))).toEqual(DONE);
    expect([task.isCompleted, patches()]).toEqual([true, how === 'before' ? 2 : how === 'late' ? 2 : 1]);
  });

  it('is looked up at once after a lost answer', async () => {
    at.gate = losing(at, PATCH, 'after');
    expect(await at.attempt(at.row(answerTo(question())))).toEqual(DONE);
  });

  it('is completed only after the attempt is stored', async () => {
    const row = at.row(answerTo(question()));
    at.world.disturbances.add(PATCH, () => expect(row.sentAt).not.toBeNull());
    expect(await at.attempt(row)).toEqual(DONE);
    expect(at.world.disturbances.waiting()).toEqual([]);
  });

  it.each(['too-many', 'unpaid'] as const)('waits when the CRM answers "%s"', async fault => {
    at.world.disturbances.add(PATCH, fault);
    const row = at.row(answerTo(question()));
    expect(await at.attempt(row)).toMatchObject({ kind: 'later', mayBeThere: false });
    expect(await at.attempt(row)).toEqual(DONE);
  });
});

describe.each(['theirs', 'givers'] as const)('rights, where the request has %s', rights => {
  beforeEach(() => {
    at.world.oddities.contextRights = rights;
  });

  it.each([
    ['A', SELLER_B, true],
    ['A', HEAD_OF_SALES, true],
    ['G', SELLER_B, true],
    ['G', HEAD_OF_SALES, false],
    ['M', SELLER_A, true],
    ['M', SELLER_B, false],
    ['D', SELLER_A, false],
  ] as const)('with the right "%s" a task of %i is completed: %s', async (letter, whose, isDone) => {
    at.user(SELLER_A).tasks = letter;
    at.user(HEAD_OF_SALES).groupId = 493_002;
    const task = question(whose);
    expect((await at.perform(answerTo(task))).kind).toBe(isDone ? 'done' : 'refused');
    expect([task.isCompleted, patches()]).toEqual([isDone, isDone ? 1 : 0]);
  });

  it('a colleague’s task about a client that the person may not see is refused', async () => {
    at.user(SELLER_A).contacts.view = 'M';
    at.client.responsibleUserId = SELLER_B;
    const task = question(SELLER_B);
    expect((await at.perform(answerTo(task))).kind).toBe('refused');
    expect(task.isCompleted).toBe(false);
  });

  it('a person who has left completes nothing', async () => {
    at.user(SELLER_A).isActive = false;
    const task = question();
    expect((await at.perform(answerTo(task))).kind).toBe('refused');
    expect([task.isCompleted, patches()]).toEqual([false, 0]);
  });
});

it('the person’s own task about a client that they gave away follows the CRM’s answer', async () => {
  at.user(SELLER_A).contacts.view = 'M';
  at.client.responsibleUserId = SELLER_B;
  const task = question(SELLER_A);
  expect((await at.perform(answerTo(task))).kind).toBe('refused');
  at.world.oddities.contextRights = 'givers';
  expect(await at.perform(answerTo(task))).toEqual(DONE);
});

describe('a task with an unknown id', () => {
  const meant = (sentAt: number) => answerTo({ forId: B, text: `From @[${A}]`, sentAt });
  const written = (forId = SELLER_B) =>
    at.world.crm.writeTask(SELLER_A, {
      entityType: 'contacts',
      entityId: at.client.id,
      text: `From ${at.user(SELLER_A).name}`,
      completeTill: 1,
      responsibleUserId: forId,
    });

  it('is found by its text and receiver, and the last one is completed', async () => {
    const earlier = written();
    at.world.clock.advance(60_000);
    const sentAt = at.world.clock.now();
    const task = written();
    const others = written(HEAD_OF_SALES);
    expect(await at.perform(meant(sentAt))).toEqual(DONE);
    expect([earlier, task, others].map(one => one.isCompleted)).toEqual([false, true, false]);
  });

  it('is waited for as long as it may arrive, and then is void', async () => {
    const row = at.row(meant(at.world.clock.now()));
    expect(await at.attempt(row)).toMatchObject({ kind: 'later', mayBeThere: false, afterMs: 60_000 });
    expect(await at.finish(row)).toEqual({ kind: 'void' });
  });

  it('is not confused with one of an earlier claim', async () => {
    const earlier = written();
    at.world.clock.advance(3_600_000);
    expect(await at.perform(meant(at.world.clock.now()))).toEqual({ kind: 'void' });
    expect(earlier.isCompleted).toBe(false);
  });
});
