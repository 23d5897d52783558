/**
 * The draft that the admin edits. Every edit can be undone, is stored on this computer until it is saved or discarded,
 * and carries over when the list changes.
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
  /** Has no effect during a save or if the list is read-only; the same applies to undo and redo. */
  readonly edit: (change: (draft: Draft) => Draft) => void;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Restores everything as it was read. Can be undone like any edit. */
  readonly discard: () => void;
  readonly conflicts: ReadonlySignal<readonly Conflict[]>;
  readonly touchedByBoth: ReadonlySignal<readonly Seat[]>;
  readonly settle: (seats: readonly Seat[], side: Side) => void;
  /** Whether the edits are stored on this computer and survive a reload. */
  readonly isStored: ReadonlySignal<boolean>;
  /** Edits of an earlier visit that wait for the admin's answer. */
  readonly offer: ReadonlySignal<StoredDraft | null>;
  /** Merges the offered edits that `suits` accepts into the current list. */
  readonly resume: (suits: (change: Change) => boolean) => void;
  readonly refuse: () => void;
  /** Applies the same edits to a newer list. */
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
