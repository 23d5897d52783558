/** What the settings panel gets from the trial's part of the package: a model, and a way to draw it. */
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
