/** Runs a model's actions. What an action throws becomes a `Trouble`, with a way to try again. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../../http/failure.ts';
import { attempt } from '../../../work/attempt.ts';

type Problem = {
  readonly failure: Failure;
  /** What the action was about, if the failure does not say so. */
  readonly about: 'deals' | undefined;
};
export type Trouble = Problem & { readonly again: () => void };

export type Act = (work: () => unknown, about?: Problem['about']) => void;

export function acting(): { readonly trouble: ReadonlySignal<Trouble | null>; readonly act: Act } {
  const trouble = signal<Trouble | null>(null);
  /** Actions that failed and have not succeeded since. */
  const failed = new Map<() => unknown, Problem>();
  const show = (): void => {
    const last = [...failed.values()].at(-1);
    trouble.value = last ? { ...last, again } : null;
  };
  const again = (): void => {
    const works = [...failed];
    failed.clear();
    show();
    works.forEach(([work, { about }]) => act(work, about));
  };
  const act: Act = (work, about) =>
    void attempt(
      async () => {
        await work();
        if (failed.delete(work)) show();
      },
      failure => {
        failed.set(work, { failure, about });
        show();
      },
    );
  return { trouble, act };
}
