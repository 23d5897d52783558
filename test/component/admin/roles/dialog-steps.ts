/** The roles dialog as an admin finds it on the screen, in either language. */
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { expect, vi } from 'vitest';
import { hurried, hurry } from '../../../support/hurried.ts';
import type { SettingsStage } from '../settings-stage.tsx';

export const ARTYOM = 'Артём Алексеев';
export const BORIS = 'Борис Белов';
export const VERA = 'Вера Волкова';

const TITLE = /^(Роли сотрудников|Employee roles)$/;

export const dialog = () => within(screen.getByRole('dialog', { name: TITLE }));
export const queryDialog = () => screen.queryByRole('dialog', { name: TITLE });

export async function openDialog(stage: SettingsStage, own?: object): Promise<void> {
  await stage.open(own ? { own } : {});
  await reopenDialog();
}
export async function reopenDialog(): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name: /^(Выбрать|Select)$/ }));
  await screen.findByRole('dialog', { name: TITLE });
  // Leaves "All channels" for the first channel.
  const [, first] = screen.queryAllByRole('tab');
  if (first) await userEvent.click(first);
}
export const tab = (channel: string) => dialog().getByRole('tab', { name: name => name.startsWith(channel) });
export const dialogIsGone = () => waitFor(() => expect(queryDialog()).toBeNull());

/** The employees in the order of the rows. The accessible name of a row starts with the person's. */
export const rows = () => dialog().getAllByRole('row').slice(1);
export const row = (name: string) => within(dialog().getByRole('row', { name: new RegExp(`^${name}`) }));

/** The role that is chosen in a person's row. */
export const roleOf = (name: string) =>
  row(name)
    .getAllByRole<HTMLInputElement>('radio')
    .filter(radio => radio.checked)
    .map(radio => radio.getAttribute('aria-label'))
    .join();
export const choose = async (name: string, role: string) =>
  userEvent.click((await line(name)).getByRole('radio', { name: role }));

/** A person's row, or the line of all channels that it unfolds to. */
async function line(name: string) {
  const counts = row(name).queryByRole('button', { name: /^(Роль|Role): / });
  if (!counts) return row(name);
  if (counts.getAttribute('aria-expanded') === 'false') await userEvent.click(counts);
  return onChannel('(Все каналы|All channels)', name);
}
export const onChannel = (channel: string, name: string) =>
  within(dialog().getByRole('row', { name: new RegExp(`^${channel}: ${name}`) }));
/** What the label of a row says about the roles on all channels. */
export const said = (name: string) =>
  dialog()
    .getByRole('row', { name: new RegExp(`^${name}`) })
    .getAttribute('aria-label')
    ?.split(/ из \d+, /)[1];

/** Whether a person receives new clients; `null` where there is no such switch. */
export const receivesNewClients = (name: string) =>
  row(name).queryByRole<HTMLInputElement>('switch')?.checked ?? null;

export const button = (name: string) => dialog().getByRole<HTMLButtonElement>('button', { name });
export const press = (name: string) => userEvent.click(button(name));
/** Saves changes that are reviewed first. */
export async function saveReviewed(): Promise<void> {
  await press('Сохранить');
  const review = within(screen.getByRole('dialog', { name: 'Что изменится' }));
  await userEvent.click(review.getByRole('button', { name: 'Сохранить' }));
}
/** Saves, and lets time pass until the notice appears: an unanswered save is checked until it can no longer arrive. */
export async function pressAndHear(name: string, words: RegExp): Promise<void> {
  hurry();
  await press(name);
  await hurried(says(words, 120_000));
  vi.useRealTimers();
}
/** Waits for the notice with these words. A failed read is repeated after a pause, up to twice. */
export const says = (words: RegExp, timeout = 4000) =>
  waitFor(() => expect(dialog().getByRole('alert').textContent).toMatch(words), { timeout });
