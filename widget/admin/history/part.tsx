/** The interface between the settings panel and the history part, which loads when a person opens the history. */
import type { VNode } from 'preact';
import { HistoryDialog } from './HistoryDialog.tsx';
import type { HistoryServer } from '../../account/account.ts';
import { createHistory, type HistoryOptions } from './model.ts';

export type OpenHistory = (given: HistoryOptions) => (onClose: () => void) => VNode;

export const openHistory =
  (server: HistoryServer): OpenHistory =>
  given => {
    const model = createHistory({ ...given, server });
    void model.readOn();
    return onClose => <HistoryDialog {...given} model={model} onClose={onClose} />;
  };
