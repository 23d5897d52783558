/** A page that stays after all, because somebody asked it to, is at work again after this. */
const LEAVING_MS = 2000;

/**
 * Whether the page is being left. Then its requests are cut off, and not every browser lets them go in silence: what
 * fails now is no fault of the page or of a widget.
 */
export function watchLeaving(page: Window): () => boolean {
  let leftAt = -Infinity;
  const isLeaving = (): boolean => performance.now() - leftAt < LEAVING_MS;
  page.addEventListener('beforeunload', () => {
    leftAt = performance.now();
  });
  page.addEventListener('unhandledrejection', event => {
    if (isLeaving()) event.preventDefault();
  });
  return isLeaving;
}
