/**
 * The draft in the admin's hands. Every edit can be taken back, is kept on this computer until it is saved or
 * discarded, and moves along when the list becomes another one.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Assignment, Seat } from '../../../../domain/assignment.ts';
import { allowed } from '../../../browser/storage.ts';
import { changesOf, draftOf, draftOver, type Change, type Draft } from '../rules/draft.ts';
import { carriedOver, edited, redone, startingWith, undone, type History } from '../rules/history.ts';
import type { StoredDraft, DraftStore } from './draft-store.ts';
import { conflictsIn, mergedOver, settled, type Conflict, type Side } from '../rules/merge.ts';

export type EditingModel = {
  readonly draft: ReadonlySignal<Draft>;
  /** Nothing happens while a save is under way or the list cannot be written; the same holds for undo and redo. */
  readonly edit: (change: (draft: Draft) => Draft) => void;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Everything as it was read. Can be taken back like any edit. */
  readonly discard: () => void;
  readonly conflicts: ReadonlySignal<readonly Conflict[]>;
  readonly touchedByBoth: ReadonlySignal<readonly Seat[]>;
  readonly settle: (seats: readonly Seat[], side: Side) => void;
  /** Whether this computer would still have the edits after a reload. */
  readonly isStored: ReadonlySignal<boolean>;
  /** Edits of an earlier time that wait for an answer. */
  readonly offer: ReadonlySignal<StoredDraft | null>;
  /** Merges those that `suits` into the list as it is now. */
  readonly resume: (suits: (change: Change) => boolean) => void;
  readonly refuse: () => void;
  /** The same edits over a newer list. */
  readonly moveOver: (assignments: readonly Assignment[]) => void;
};

export function createEditing(given: {
  readonly assignments: readonly Assignment[];
  readonly drafts: DraftStore;
  readonly now: () => number;
  readonly mayEdit: () => boolean;
}): EditingModel {
  const { drafts } = given;
  const history = signal(startingWith(draftOver(given.assignments)));
  const draft = computed(() => history.value.present);
  const isStored = signal(true);
  const offer = signal(allowed(drafts.read));
  const conflicts = computed(() => conflictsIn(draft.value));

  const become = (next: History): void => {
    if (next === history.value) return;
    batch(() => {
      history.value = next;
      const changes = changesOf(next.present);
      if (changes.length === 0) allowed(drafts.drop);
      isStored.value =
        changes.length === 0 || allowed(() => drafts.write({ at: given.now(), changes })) === true;
    });
  };
  const ifAllowed = (step: (history: History) => History): void => {
    if (given.mayEdit()) become(step(history.value));
  };
  const edit = (change: (draft: Draft) => Draft): void => ifAllowed(now => edited(now, change(now.present)));
  return {
    draft,
    edit,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    undo: () => ifAllowed(undone),
    redo: () => ifAllowed(redone),
    discard: () => edit(now => ({ ...now, edits: new Map(), contested: new Map() })),
    conflicts,
    touchedByBoth: computed(() => conflicts.value.map(({ seat }) => seat)),
    settle: (seats, side) => edit(now => settled(now, seats, side)),
    isStored,
    offer,
    resume(suits) {
      const stored = offer.value;
      offer.value = null;
      allowed(drafts.drop);
      if (stored) edit(({ base }) => mergedOver(draftOf(stored.changes.filter(suits)), base));
    },
    refuse() {
      offer.value = null;
      allowed(drafts.drop);
    },
    moveOver(assignments) {
      const { base } = draftOver(assignments);
      become(carriedOver(history.value, one => mergedOver(one, base)));
    },
  };
}
