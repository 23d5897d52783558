/** The progress of a save, its questions, and its result if it failed. */
import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { breath } from '../../../work/breath.ts';
import type { Chat, RoleList } from '../../../chat/chat.ts';
import type { Channel } from '../../../../domain/channel.ts';
import type { Employee } from '../../../../domain/employee.ts';
import type { Failure } from '../../../http/failure.ts';
import { settle } from '../../../work/settle.ts';
import { assignmentsOf, type Draft } from '../rules/draft.ts';
import type { EditingModel } from './editing.ts';
import type { ReviewModel } from './reviewing.ts';
import { saveRoles, type Saved, type SaveOutcome, type SaveStep } from './save.ts';
import { silencedBy } from '../rules/review.ts';

export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving'; readonly step: SaveStep; readonly stopping: boolean }
  | Exclude<SaveOutcome, { kind: 'saved' | 'contested' | 'unapproved' }>
  /** The latest list could not be loaded. The draft is unchanged. */
  | { readonly kind: 'not-refreshed'; readonly failure: Failure };

export type SavingModel = {
  readonly saving: ReadonlySignal<Saving>;
  /** Shows the changes that must be reviewed first instead of saving, unless called with `reviewed`. */
  readonly save: (yes?: 'reviewed') => Promise<void>;
  /** Stops a save before its next step. */
  readonly stop: () => void;
  /** Loads the current list and applies the edits to it. */
  readonly takeTheirs: () => Promise<void>;
};

export function createSaving(given: {
  readonly chat: Chat;
  readonly editing: Pick<EditingModel, 'draft' | 'conflicts' | 'moveOver'>;
  readonly channels: readonly Channel[];
  /** `null` until they are loaded. */
  readonly employees: () => readonly Employee[] | null;
  readonly look: Pick<ReviewModel, 'stopsSave' | 'showChanges'>;
  readonly onList: (list: RoleList) => void;
  readonly onSaved: (list: RoleList, saved: Saved) => void;
}): SavingModel {
  const { chat, editing, channels } = given;
  const saving = signal<Saving>({ kind: 'idle' });
  let stopping = new AbortController();

  const silenced = (draft: Draft, employees: readonly Employee[]): readonly Channel[] =>
    silencedBy([...draft.base.values()], assignmentsOf(draft), channels, employees);
  const at = (step: SaveStep): Saving => ({ kind: 'saving', step, stopping: stopping.signal.aborted });
  const moveOver = (list: RoleList): void => {
    given.onList(list);
    editing.moveOver(list.assignments);
  };
  const write = async (
    employees: readonly Employee[],
    approved: readonly Channel[],
    show: (busy: Saving) => void,
  ): Promise<Saving> => {
    stopping = new AbortController();
    const outcome = await saveRoles({
      chat,
      draft: editing.draft.value,
      channels,
      employees,
      onStep: step => show(at(step)),
      signal: stopping.signal,
      approves: merged => silenced(merged, employees).every(one => approved.includes(one)),
    });
    await breath();
    switch (outcome.kind) {
      case 'saved':
        // In one batch, so that the rows are not rendered again when the dialog is about to close.
        batch(() => {
          moveOver(outcome.list);
          given.onSaved(outcome.list, outcome.saved);
        });
        return { kind: 'idle' };
      case 'contested':
        moveOver(outcome.list);
        return { kind: 'idle' };
      case 'unapproved':
        moveOver(outcome.list);
        given.look.showChanges();
        return { kind: 'idle' };
      case 'differs':
        moveOver(outcome.list);
        return outcome;
      case 'stale':
      case 'stopped':
      case 'failed':
      case 'unknown':
        return outcome;
    }
  };
  return {
    saving,
    async save(yes) {
      const employees = given.employees();
      if (saving.value.kind === 'saving' || !employees || editing.conflicts.value.length > 0) return;
      await settle<Saving>(
        saving,
        async show =>
          yes !== 'reviewed' && given.look.stopsSave()
            ? null
            : write(employees, silenced(editing.draft.value, employees), show),
        failure => ({ kind: 'unknown', failure }),
      );
    },
    stop() {
      stopping.abort();
      if (saving.value.kind === 'saving') saving.value = { ...saving.value, stopping: true };
    },
    takeTheirs: () =>
      settle<Saving>(
        saving,
        async show => {
          stopping = new AbortController();
          show(at({ kind: 'reading' }));
          moveOver(await chat.roles());
          return { kind: 'idle' };
        },
        failure => ({ kind: 'not-refreshed', failure }),
      ),
  };
}
