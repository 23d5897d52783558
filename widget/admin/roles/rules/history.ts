/** Undo and redo of a draft. A newer list is applied to every step, so that undo still works after it. */
import { sameChoice, type Draft } from './draft.ts';

export type History = {
  /** Latest last. */
  readonly past: readonly Draft[];
  readonly present: Draft;
  /** Next first. */
  readonly future: readonly Draft[];
};

const MOST_STEPS = 100;

export const startingWith = (present: Draft): History => ({ past: [], present, future: [] });

/** An edit without effect adds no step. */
export const edited = (history: History, present: Draft): History =>
  sameDraft(history.present, present)
    ? history
    : { past: [...history.past, history.present].slice(-MOST_STEPS), present, future: [] };

export function undone(history: History): History {
  const present = history.past.at(-1);
  return present
    ? { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] }
    : history;
}

export function redone(history: History): History {
  const [present, ...future] = history.future;
  return present ? { past: [...history.past, history.present], present, future } : history;
}

/** Applies another list to every step. Steps that no longer differ from the next are dropped. */
export function carriedOver({ past, present, future }: History, carry: (draft: Draft) => Draft): History {
  const now = carry(present);
  return {
    past: past.map(carry).filter((draft, at, all) => !sameDraft(draft, all[at + 1] ?? now)),
    present: now,
    future: future.map(carry).filter((draft, at, all) => !sameDraft(draft, all[at - 1] ?? now)),
  };
}

export function sameDraft(one: Draft, other: Draft): boolean {
  return (
    one.base === other.base &&
    one.edits.size === other.edits.size &&
    one.contested.size === other.contested.size &&
    [...one.contested.keys()].every(key => other.contested.has(key)) &&
    [...one.edits].every(([key, choice]) => {
      const same = other.edits.get(key);
      return same !== undefined && sameChoice(choice, same);
    })
  );
}
