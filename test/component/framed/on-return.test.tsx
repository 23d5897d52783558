/** The page that people return to after they have allowed the app in another tab. */
import { expect, it, vi } from 'vitest';
import { onceOnReturn } from '../../../widget/framed/on-return.ts';

const comeBack = () => document.dispatchEvent(new Event('visibilitychange'));

it('a person who returns to the tab opens the page once', () => {
  const open = vi.fn<() => void>();
  onceOnReturn(open);
  comeBack();
  comeBack();
  expect(open).toHaveBeenCalledTimes(1);
});

it('a person who presses the button and returns later opens the page once', () => {
  const open = vi.fn<() => void>();
  const press = onceOnReturn(open);
  press();
  press();
  comeBack();
  expect(open).toHaveBeenCalledTimes(1);
});
