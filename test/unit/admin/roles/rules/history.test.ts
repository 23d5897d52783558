import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftOver, choiceAt, withRole } from '../../../../../widget/admin/roles/rules/draft.ts';
import {
  carriedOver,
  edited,
  redone,
  sameDraft,
  startingWith,
  undone,
  type History,
} from '../../../../../widget/admin/roles/rules/history.ts';
import { merged, mergedOver } from '../../../../../widget/admin/roles/rules/merge.ts';
import { edits, editedFrom, lists, withEdit, type Edit } from './edits.ts';

const after = (list: Parameters<typeof draftOver>[0], all: readonly Edit[]): History =>
  all.reduce(
    (history, edit) => edited(history, withEdit(history.present, edit)),
    startingWith(draftOver(list)),
  );

const repeated = (step: (history: History) => History, times: number, history: History): History =>
  Array.from({ length: times }).reduce<History>(step, history);

describe('the undo steps of a draft', () => {
  it('undo each edit and redo it', () => {
    fc.assert(
      fc.property(lists, edits, edits, (list, before, [next]) => {
        const history = after(list, before);
        if (!next) return;
        const then = edited(history, withEdit(history.present, next));
        fc.pre(then !== history);
        expect(undone(then).present).toBe(history.present);
        expect(redone(undone(then)).present).toBe(then.present);
      }),
    );
  });

  it('lead all the way back to the list and forward again', () => {
    fc.assert(
      fc.property(lists, edits, (list, all) => {
        let history = after(list, all);
        history = repeated(undone, all.length, history);
        expect(history.present.edits.size).toBe(0);
        history = repeated(redone, all.length, history);
        expect(sameDraft(history.present, { ...editedFrom(list, all), base: history.present.base })).toBe(
          true,
        );
      }),
    );
  });

  it('forget what was undone once something else is edited', () => {
    const seat = { channelId: 'sales', employeeId: '1' };
    const first = edited(startingWith(draftOver([])), withRole(draftOver([]), seat, 'seller'));
    const back = undone(first);
    expect(edited(back, withRole(back.present, seat, 'auditor')).future).toEqual([]);
  });

  it('stay the same at either end, and after an edit that changes nothing', () => {
    const history = startingWith(draftOver([]));
    expect(undone(history)).toBe(history);
    expect(redone(history)).toBe(history);
    expect(edited(history, { ...history.present, edits: new Map() })).toBe(history);
  });

  it('are limited to a hundred', () => {
    let history = startingWith(draftOver([]));
    for (let id = 0; id < 150; id += 1) {
      const seat = { channelId: 'sales', employeeId: String(id) };
      history = edited(history, withRole(history.present, seat, 'auditor'));
    }
    expect(history.past).toHaveLength(100);
  });

  it('still work over a list that another admin has changed meanwhile', () => {
    fc.assert(
      fc.property(lists, lists, edits, (list, theirs, all) => {
        const history = after(list, all);
        const { base } = draftOver(theirs);
        const over = carriedOver(history, draft => mergedOver(draft, base));
        expect(over.present).toEqual(merged(history.present, theirs));
        const back = repeated(undone, all.length, over);
        expect(back.past).toEqual([]);
        for (const draft of [...back.future, ...over.past, over.present]) expect(draft.base).toBe(base);
        // Each step back shows a difference.
        const steps = [...over.past, over.present];
        expect(steps.some((draft, at) => at > 0 && sameDraft(draft, steps[at - 1] ?? draft))).toBe(false);
      }),
    );
  });

  it('bring back a settled conflict as unsettled', () => {
    const seat = { channelId: 'sales', employeeId: '1' };
    const contested = merged(withRole(draftOver([]), seat, 'auditor'), [
      { ...seat, role: 'seller', receivesNewClients: true },
    ]);
    const settledNow = edited(startingWith(contested), { ...contested, contested: new Map() });
    expect(choiceAt(undone(settledNow).present, seat).role).toBe('auditor');
    expect(undone(settledNow).present.contested.size).toBe(1);
  });
});
