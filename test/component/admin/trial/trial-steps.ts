/** The dialog "Test chats" as an admin finds it on the screen, and the tab that the browser would open. */
import { screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import type { SettingsStage } from '../settings-stage.tsx';

export const NUMBER = '79161234567';
export const SEND = 'Отправить и перейти в чаты';

const TITLE = /^(Протестировать чаты|Test chats|Готово, роли настроены)$/;

export const dialog = () => within(screen.getByRole('dialog', { name: TITLE }));
export const press = (name: string) => userEvent.click(dialog().getByRole('button', { name }));
export const phone = () => dialog().getByRole<HTMLInputElement>('textbox', { name: /Ваш номер телефона/ });

export async function openTrial(stage: SettingsStage): Promise<void> {
  await stage.open();
  await userEvent.click(screen.getByRole('button', { name: 'Протестировать чаты' }));
  await screen.findByRole('dialog', { name: TITLE });
}
export async function send(number = `+${NUMBER}`): Promise<void> {
  await userEvent.clear(phone());
  await userEvent.type(phone(), number);
  await press(SEND);
}

export const browserTab = () => ({
  opener: {},
  document: document.implementation.createHTMLDocument(),
  location: { replace: vi.fn<(address: string) => void>() },
  close: vi.fn<() => void>(),
});

/** Lets `window.open` open a tab, or none. */
export const allowTab = (tab: ReturnType<typeof browserTab> | null): void => {
  vi.stubGlobal(
    'open',
    vi.fn(() => tab),
  );
};
