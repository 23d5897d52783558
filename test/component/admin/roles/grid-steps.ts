/** The rows of the roles dialog, used with keys and ticks. */
import { within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { dialog, row, rows } from './dialog-steps.ts';

export const keys = (typed: string) => userEvent.keyboard(typed);
export const checkbox = (name: string) => row(name).getByRole<HTMLInputElement>('checkbox');
export const search = () => dialog().getByRole('searchbox');

/** The focused row, by the start of its name. */
export const focusedRow = () =>
  document.activeElement?.closest('[role=row]')?.getAttribute('aria-label')?.split(',')[0];
export const ticked = () =>
  rows()
    .filter(one => within(one).getByRole<HTMLInputElement>('checkbox').checked)
    .map(one => one.getAttribute('aria-label')?.split(',')[0]);
