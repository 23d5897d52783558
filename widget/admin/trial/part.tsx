/** The interface between the settings panel and the part with the trial: takes the data, returns a way to render it. */
import type { VNode } from 'preact';
import { createTrialModel, type TrialGiven } from './model.ts';
import { TrialDialog } from './TrialDialog.tsx';

export type OpenTrial = (given: TrialGiven) => (onClose: () => void) => VNode;

export const openTrial: OpenTrial = given => {
  const model = createTrialModel(given);
  return onClose => (
    <TrialDialog model={model} cabinetAddress={given.chat.cabinetAddress} onClose={onClose} />
  );
};
