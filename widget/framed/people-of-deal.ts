/** The people of a deal, to choose another one than the main person. Read on demand, because the list is expensive. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';

export type PeopleState =
  | { readonly kind: 'unasked' | 'reading' | 'failed' }
  | { readonly kind: 'read'; readonly Choice: FunctionComponent<Choosing> };

type Person = { readonly id: string; readonly name: string };
/** The chosen person. `null` if the deal has no main person, or none that I may see. */
export type Shown = Person | null;

export type Choosing = { readonly shown: Shown; readonly choose: (person: Person) => void };

export type PeopleOfDeal = Pick<Choosing, 'choose'> & {
  readonly shown: ReadonlySignal<Shown>;
  /** Whether the deal may have other people. */
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
  /** Resolves to a view that lists all people of the deal with their owners. */
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
    choose(person) {
      if (person.id === shown.value?.id) return;
      // Named at once, because this person may turn out to be hidden. Then the one before has to stay choosable.
      shown.value = person;
      onChoose(person.id);
    },
    show(next) {
      shown.value = next;
    },
  };
}
