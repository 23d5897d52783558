/** How the verbs of a model run: what one of them throws is told, with the way to try again, whichever verb it was. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Failure } from '../../../http/failure.ts';
import { attempt } from '../../../work/attempt.ts';

type Problem = {
  readonly failure: Failure;
  /** What it was about, where that is not plain from the failure. */
  readonly about: 'deals' | undefined;
};
export type Trouble = Problem & { readonly again: () => void };

export type Act = (work: () => unknown, about?: Problem['about']) => void;

export function acting(): { readonly trouble: ReadonlySignal<Trouble | null>; readonly act: Act } {
  const trouble = signal<Trouble | null>(null);
  /** What went wrong and has not come right since. */
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
