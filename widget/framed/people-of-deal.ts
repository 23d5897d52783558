/** The people of a deal, for whoever wants another than the main one. Nobody is asked for before that: the list is dear. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';

export type PeopleState =
  | { readonly kind: 'unasked' | 'reading' | 'failed' }
  | { readonly kind: 'read'; readonly Choice: FunctionComponent<Choosing> };

/** Whose client the page shows; `null`: the deal has no main person, or none whom the CRM shows. */
export type Shown = { readonly id: string; readonly name: string } | null;

export type Choosing = { readonly shown: Shown; readonly choose: (id: string) => void };

export type PeopleOfDeal = Pick<Choosing, 'choose'> & {
  readonly shown: ReadonlySignal<Shown>;
  /** There may be others. */
  readonly hasOthers: boolean;
  readonly state: ReadonlySignal<PeopleState>;
  readonly ask: () => void;
  readonly show: (shown: Shown) => void;
};

export function createPeopleOfDeal({
  hasOthers,
  read,
  onChoose,
}: {
  readonly hasOthers: boolean;
  /** Shows each of them, with who is responsible. */
  readonly read: () => Promise<FunctionComponent<Choosing>>;
  readonly onChoose: (id: string) => void;
}): PeopleOfDeal {
  const shown = signal<Shown>(null);
  const state = signal<PeopleState>({ kind: 'unasked' });
  const ask = async (): Promise<void> => {
    state.value = { kind: 'reading' };
    try {
      state.value = { kind: 'read', Choice: await read() };
    } catch {
      state.value = { kind: 'failed' };
    }
  };
  return {
    shown,
    hasOthers,
    state,
    ask: () => void ask(),
    choose(id) {
      if (id !== shown.value?.id) onChoose(id);
    },
    show(next) {
      shown.value = next;
    },
  };
}
