/**
 * If the page stays after all, because the user was asked and chose to stay, it works normally again after this time.
 */
const LEAVING_MS = 2000;

/**
 * Whether the page is being left. Its requests are then cancelled, and some browsers report that as errors, which are
 * no fault of the page or of a widget.
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
