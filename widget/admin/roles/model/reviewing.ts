/**
 * What is shown above the rows: the changes to be saved, why a person sees a chat, or the list of keys. One at a time.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Seat } from '../../../../domain/assignment.ts';
import type { Draft } from '../rules/draft.ts';
import { needsLook, reverted, reviewOf, type Review, type Staffing } from '../rules/review.ts';

export type Looking =
  | { readonly kind: 'at-rows' }
  | { readonly kind: 'at-changes' | 'at-keys' }
  | { readonly kind: 'why'; readonly employeeId: string };

export type ReviewModel = {
  readonly looking: ReadonlySignal<Looking>;
  /** The review of the current draft. */
  readonly review: ReadonlySignal<Review>;
  readonly showChanges: () => void;
  readonly showKeys: () => void;
  readonly askWhy: (employeeId: string) => void;
  readonly back: () => void;
  readonly revert: (seats: readonly Seat[]) => void;
  /** Called on Save: opens the changes if they must be reviewed first, and returns whether it did. */
  readonly stopsSave: () => boolean;
};

export function createReview(given: {
  readonly draft: ReadonlySignal<Draft>;
  readonly staffing: () => Staffing;
  readonly edit: (change: (draft: Draft) => Draft) => void;
}): ReviewModel {
  const looking = signal<Looking>({ kind: 'at-rows' });
  const review = computed(() => reviewOf(given.draft.value, given.staffing()));
  const showChanges = (): void => {
    looking.value = { kind: 'at-changes' };
  };
  return {
    looking,
    review,
    showChanges,
    showKeys: () => {
      looking.value = { kind: 'at-keys' };
    },
    askWhy: employeeId => {
      looking.value = { kind: 'why', employeeId };
    },
    back: () => {
      looking.value = { kind: 'at-rows' };
    },
    revert: seats => given.edit(draft => reverted(draft, seats)),
    stopsSave() {
      const stops = needsLook(review.value, given.staffing());
      if (stops) showChanges();
      return stops;
    },
  };
}
