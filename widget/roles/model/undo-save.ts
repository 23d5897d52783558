/** A save that can be taken back: seats that still hold what it wrote get back what they held before, others stay. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Chat, RoleList } from '../../chat/chat.ts';
import type { Seat } from '../../domain/assignment.ts';
import type { Employee } from '../../domain/employee.ts';
import type { Failure } from '../../http/failure.ts';
import { draftOf, reversed, undoneIn } from '../rules/change.ts';
import type { Change } from '../rules/draft.ts';
import { saveRoles } from './save.ts';

export type Undoing =
  | { readonly kind: 'idle' }
  | { readonly kind: 'undoing' }
  /** `left`: seats that somebody has changed since. */
  | { readonly kind: 'undone'; readonly left: readonly Seat[] }
  /** No role was written; others save at the same time if there is no failure. */
  | { readonly kind: 'failed'; readonly failure: Failure | null }
  /** Nobody can tell which roles were written. */
  | { readonly kind: 'unknown' };

export type UndoSaveModel = {
  readonly state: ReadonlySignal<Undoing>;
  /** Whether any seat still holds in this list what was saved. */
  readonly appliesTo: (list: RoleList) => boolean;
  readonly nameOf: (employeeId: string) => string;
  readonly run: () => Promise<void>;
};

export function createUndoSave(given: {
  readonly chat: Chat;
  readonly changes: readonly Change[];
  readonly employees: readonly Employee[];
  readonly onUndone: (list: RoleList) => void;
}): UndoSaveModel {
  const { chat, changes, employees } = given;
  const state = signal<Undoing>({ kind: 'idle' });
  return {
    state,
    appliesTo: list => undoneIn(changes, list.assignments).length < changes.length,
    nameOf: employeeId => employees.find(one => one.id === employeeId)?.name ?? employeeId,
    async run() {
      if (state.value.kind === 'undoing') return;
      state.value = { kind: 'undoing' };
      const outcome = await saveRoles({
        chat,
        draft: draftOf(reversed(changes)),
        employees,
        contested: 'leave',
      });
      switch (outcome.kind) {
        case 'saved':
          state.value = { kind: 'undone', left: outcome.saved.left };
          given.onUndone(outcome.list);
          break;
        case 'failed':
          state.value = outcome;
          break;
        case 'differs':
        case 'unknown':
          state.value = { kind: 'unknown' };
          break;
        case 'stale':
        case 'contested':
        case 'unapproved':
        case 'stopped':
          state.value = { kind: 'failed', failure: null };
      }
    },
  };
}
