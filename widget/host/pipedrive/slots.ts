/**
 * Where in a frame our views go: it is ours alone. A panel is as high as what is in it, within what the CRM allows; what does
 * not fit scrolls.
 */
import type { CardSlots, Dispose } from '../host.ts';
import type { Frame } from './frame.ts';

export const panelSlots = (body: Element, frame: Pick<Frame, 'onVisible'>): CardSlots => ({
  caption: { parent: body, after: null },
  body: { parent: body, after: null },
  onVisible(listener) {
    // All of a folded frame is out of sight, so nothing in it has to be shown in another way: only its return counts.
    listener(true);
    return frame.onVisible(isVisible => isVisible && listener(true));
  },
});

/** Keeps asking for the height of what is in it. Before there is anything, the CRM's own height stays. */
export function followHeight(content: Element, resize: (height: number) => void): Dispose {
  const observer = new ResizeObserver(() => {
    const { height } = content.getBoundingClientRect();
    if (height > 0) resize(height);
  });
  observer.observe(content);
  return () => observer.disconnect();
}
