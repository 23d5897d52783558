/**
 * A part of the page that a button opens and closes; a click elsewhere or Escape closes it too. Not every supported
 * browser has native popovers.
 */
export function flyout(opener: HTMLElement, panel: HTMLElement, opened: () => void = () => {}): void {
  const show = (isOpen: boolean): void => {
    panel.hidden = !isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) opened();
  };
  show(false);
  opener.addEventListener('click', () => show(panel.hidden !== false));
  document.addEventListener('click', event => {
    if (!event.composedPath().some(one => one === panel || one === opener)) show(false);
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') show(false);
  });
}
