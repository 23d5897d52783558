import { describe, expect, it } from 'vitest';
import type { ClaimPlan } from '../../../../domain/claim-plan.ts';
import { followUpsOf } from '../../../../server/claims/follow-up.ts';
import { reversalOf, type StartedFollowUp } from '../../../../server/claims/reversal.ts';

const CLAIM = { contactId: '1', employeeId: '11', base: '12', toId: '11' };
const AT = Date.UTC(2026, 10, 2, 9);
const NOTHING: ClaimPlan = { deals: [], note: null, task: null, answer: null, undoes: null };
const planned = (plan: Partial<ClaimPlan>) => followUpsOf(CLAIM, { ...NOTHING, ...plan }, AT);
const kinds = (plan: Partial<ClaimPlan>) => planned(plan).map(({ kind }) => kind);

describe('the follow-ups of a claim', () => {
  it('are none when nothing was planned', () => {
    expect(planned({})).toEqual([]);
  });

  it('are the deals, the note, the task and the answer, in this order', () => {
    const deals = [{ id: '5', fromId: '12' }];
    const who = { contactId: '1', employeeId: '11' };
    expect(
      planned({
        deals,
        note: 'Note',
        task: { forId: '12', text: 'Task' },
        answer: { taskId: '7', text: 'Yes' },
      }),
    ).toEqual([
      { ...who, kind: 'deals', whileOwnerId: '11', toId: '11', baseId: '12', deals, takesBackSentAt: null },
      { ...who, kind: 'note', text: 'Note', onlyAfter: null },
      { ...who, kind: 'task', forId: '12', text: 'Task', dueAt: AT / 1000 + 24 * 3600 },
      { ...who, kind: 'answer', task: { id: '7' }, text: 'Yes' },
    ]);
  });

  it('include deals by the rules when the page did not know them', () => {
    expect(planned({ deals: null })).toMatchObject([{ kind: 'deals', deals: null }]);
  });

  it('leave out texts without visible characters', () => {
    expect(kinds({ note: ' \u200B\n', task: { forId: '12', text: '' } })).toEqual([]);
  });

  it('of an undo have only deals that the page names, and no note of their own', () => {
    const undone = { undoes: 'press', note: 'Taken back', answer: { taskId: '7', text: 'No' } };
    expect(kinds({ ...undone, deals: null })).toEqual(['answer']);
    expect(kinds({ ...undone, deals: [{ id: '5', fromId: '11' }] })).toEqual(['deals', 'answer']);
  });
});

const UNDO = { contactId: '1', employeeId: '11', toId: '12', note: 'Taken back' };
const [DEALS, NOTE, TASK] = planned({
  deals: [
    { id: '5', fromId: '12' },
    { id: '6', fromId: '13' },
    { id: '7', fromId: '12' },
    { id: '8', fromId: null },
    { id: '9', fromId: '12' },
    { id: '10', fromId: '11' },
  ],
  note: 'Note',
  task: { forId: '12', text: 'Task' },
});
const started = (
  followUp: StartedFollowUp['followUp'] | undefined,
  given: Partial<StartedFollowUp> = {},
): StartedFollowUp => {
  if (!followUp) throw new Error('It was planned');
  return { followUp, state: 'done', sentAt: AT, deals: [], ...given };
};

describe('the reversal of a claim', () => {
  it('gives each moved deal back to its previous owner, while the client is theirs again', () => {
    const deals = ['5', '6', '7', '8', '10'].map(
      id => ({ id, name: null, fate: 'moved', owner: '11' }) as const,
    );
    const changed = { id: '9', name: null, fate: 'changed', owner: '13' } as const;
    const back = {
      contactId: '1',
      employeeId: '11',
      kind: 'deals',
      whileOwnerId: '12',
      baseId: '11',
      takesBackSentAt: null,
    };
    expect(reversalOf([started(DEALS, { deals: [...deals, changed] })], UNDO)).toEqual([
      {
        ...back,
        toId: '12',
        deals: [
          { id: '5', fromId: '11' },
          { id: '7', fromId: '11' },
        ],
      },
      { ...back, toId: '13', deals: [{ id: '6', fromId: '11' }] },
    ]);
  });

  it('gives back deals that moved before the rest failed, and none when nothing was started', () => {
    const moved = { id: '6', name: null, fate: 'moved', owner: '11' } as const;
    expect(reversalOf([started(DEALS, { state: 'failed', deals: [moved] })], UNDO)).toMatchObject([
      { toId: '13', deals: [{ id: '6', fromId: '11' }] },
    ]);
    expect(reversalOf([started(DEALS, { state: 'waiting', sentAt: null })], UNDO)).toEqual([]);
  });

  it('tries all deals whose requests may be on their way', () => {
    const [first, second] = reversalOf([started(DEALS, { state: 'waiting' })], UNDO);
    expect([first, second]).toMatchObject([{ takesBackSentAt: AT }, { takesBackSentAt: AT }]);
    expect([first, second]).toMatchObject([
      { deals: [{ id: '5' }, { id: '7' }, { id: '9' }] },
      { deals: [{}] },
    ]);
  });

  it('adds a note, and completes the former owner’s task', () => {
    expect(reversalOf([started(NOTE), started(TASK)], UNDO)).toEqual([
      { contactId: '1', employeeId: '11', kind: 'note', text: 'Taken back', onlyAfter: null },
      {
        contactId: '1',
        employeeId: '11',
        kind: 'answer',
        task: { forId: '12', text: 'Task', sentAt: AT },
        text: 'Taken back',
      },
    ]);
  });

  it.each<[string, Partial<StartedFollowUp>, number]>([
    ['was not started', { state: 'waiting', sentAt: null }, 0],
    ['was refused', { state: 'refused' }, 0],
    ['has failed', { state: 'failed' }, 0],
    ['had nothing to do', { state: 'void' }, 0],
    ['may be on its way', { state: 'waiting' }, 1],
  ])('undoes or skips a note and a task that %s', (_what, given, count) => {
    expect(reversalOf([started(NOTE, given)], UNDO)).toHaveLength(count);
    expect(reversalOf([started(TASK, given)], UNDO)).toHaveLength(count);
  });

  it('adds its note only if the claim’s note, which may be on its way, arrives', () => {
    expect(reversalOf([started(NOTE, { state: 'waiting' })], UNDO)).toMatchObject([
      { kind: 'note', text: 'Taken back', onlyAfter: { text: 'Note', sentAt: AT } },
    ]);
  });

  it('adds no note when the undo has none', () => {
    expect(reversalOf([started(NOTE)], { ...UNDO, note: null })).toEqual([]);
  });

  it('has no deals to give back when none were decided', () => {
    const unknown = planned({ deals: null })[0];
    expect(reversalOf([started(unknown, { state: 'waiting' })], UNDO)).toEqual([]);
  });
});
