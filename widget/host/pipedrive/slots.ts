/**
 * Where our views go in a frame. The whole frame is ours. A panel is as high as its content, within the CRM's limits. If
 * the content does not fit, the panel scrolls.
 */
import type { CardSlots, Dispose } from '../host.ts';
import type { Frame } from './frame.ts';

export const panelSlots = (body: Element, frame: Pick<Frame, 'onVisible'>): CardSlots => ({
  caption: { parent: body, after: null },
  body: { parent: body, after: null },
  onVisible(listener) {
    // A folded frame is completely hidden, so nothing in it has to change. Only unfolding is reported.
    listener(true);
    return frame.onVisible(isVisible => isVisible && listener(true));
  },
});

/** Requests the content's height whenever it changes. As long as the content is empty, the CRM's own height stays. */
export function followHeight(content: Element, resize: (height: number) => void): Dispose {
  const observer = new ResizeObserver(() => {
    const { height } = content.getBoundingClientRect();
    if (height > 0) resize(height);
  });
  observer.observe(content);
  return () => observer.disconnect();
}
