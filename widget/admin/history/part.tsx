/** What the settings panel gets from the history's part of the package, which loads when somebody wants to see it. */
import type { VNode } from 'preact';
import type { ReadonlySignal } from '@preact/signals';
import { HistoryDialog } from './HistoryDialog.tsx';
import type { HistoryServer } from '../../account/account.ts';
import { createHistory, type HistoryGiven } from './model.ts';

export type OpenHistory = (
  given: Omit<HistoryGiven, 'server'> & {
    readonly locale: string;
    /** Whether edits of roles wait on this computer, which others would replace. */
    readonly isDraftKept: ReadonlySignal<boolean>;
  },
) => (onClose: () => void) => VNode;

export const openHistory =
  (server: HistoryServer): OpenHistory =>
  given => {
    const model = createHistory({ ...given, server });
    void model.readOn();
    return onClose => <HistoryDialog {...given} model={model} onClose={onClose} />;
  };
