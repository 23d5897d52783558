/** The settings panel as a person finds it on the screen, in either language. */
import { screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';

export const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

/** Name, messenger and state of each channel. */
export const shownChannels = () =>
  within(screen.getByRole('list', { name: /^(Каналы|Channels)$/ }))
    .getAllByRole('listitem')
    .map(item => [...item.children].map(part => part.textContent));
