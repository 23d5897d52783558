/** The settings panel as a person finds it on the screen, in either language. */
import { screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';

export const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

/** Name, messenger and state of each channel, folded ones first. */
export const shownChannels = () => namedIn(screen.getAllByRole('list', { name: CHANNELS }));
/** Channels that are visible without unfolding anything. */
export const openChannels = () =>
  namedIn(screen.queryAllByRole('list', { name: CHANNELS }).filter(list => !list.closest('details')));

const CHANNELS = /^(Каналы|Channels)$/;
const namedIn = (lists: readonly HTMLElement[]) =>
  lists
    .flatMap(list => within(list).getAllByRole('listitem'))
    .map(item => [...item.children].map(part => part.textContent));
