/**
 * A service without versions cannot refuse a list that was made over an older one: another admin's save may undo mine
 * unseen. What I saved last is kept on this computer and compared with what is there: at every look while the panel is
 * open, and when it is opened next.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Chat, RoleList } from '../../chat/chat.ts';
import { asFailure } from '../../http/failure.ts';
import { undoneIn } from '../rules/change.ts';
import type { Change } from '../rules/draft.ts';
import type { KeptChanges } from './kept-changes.ts';

export type SinceSaved = {
  /** Which of the changes that I saved last stand no more. */
  readonly undone: ReadonlySignal<readonly Change[]>;
  readonly saved: (list: RoleList, changes: readonly Change[]) => void;
  /** I know, or I took them back myself. */
  readonly forget: () => void;
};

const LOOK_EVERY_MS = 30_000;

export function createSinceSaved(given: {
  readonly memory: KeptChanges;
  readonly chat: () => Chat;
  /** What the panel shows; `null` while it shows none. */
  readonly list: () => RoleList | null;
  readonly onList: (list: RoleList) => void;
  readonly now: () => number;
  readonly signal: AbortSignal;
}): SinceSaved {
  const { memory } = given;
  const last = signal(memory.read());
  const look = async (): Promise<void> => {
    if (!last.value || given.list()?.version !== '') return;
    try {
      given.onList(await given.chat().roles(given.signal));
    } catch (thrown) {
      // Nobody asked for this look, and the next one is near.
      asFailure(thrown);
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  given.signal.addEventListener('abort', () => clearInterval(timer));
  return {
    undone: computed(() => {
      const list = given.list();
      return list?.version === '' ? undoneIn(last.value?.changes ?? [], list.assignments) : [];
    }),
    saved(list, changes) {
      if (list.version !== '' || changes.length === 0) return;
      last.value = { at: given.now(), changes };
      memory.write(last.value);
    },
    forget() {
      last.value = null;
      memory.drop();
    },
  };
}
