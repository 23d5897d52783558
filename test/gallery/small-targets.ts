/**
 * Finds targets that a finger or an unsteady pointer misses: controls less than 24 pixels wide or high. A checkbox or
 * radio button counts with its label. One without a label may be smaller if it is far enough from others, which axe
 * checks.
 */
import type { Page } from 'playwright';

export const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const LEAST = 24;
    const targets = [...document.querySelectorAll('body *')].flatMap(({ shadowRoot }) =>
      Array.from(
        shadowRoot?.querySelectorAll<HTMLElement>('a[href], button, summary, select, textarea, input') ?? [],
      ),
    );
    /** A link inside a sentence is as high as its line, so WCAG exempts it. */
    const isInSentence = (target: HTMLElement): boolean => {
      const siblings = [...(target.parentNode?.childNodes ?? [])];
      const before = siblings.slice(0, siblings.indexOf(target));
      return target.localName === 'a' && before.some(one => /\S/.test(one.textContent ?? ''));
    };
    return targets.flatMap(target => {
      const isBox = target.matches('[type=checkbox]:not([role=switch]), [type=radio]');
      // Pressing the label also presses the box.
      const pressed = isBox ? target.closest('label') : target;
      if (!pressed?.checkVisibility() || isInSentence(target)) return [];
      const { width, height } = pressed.getBoundingClientRect();
      // Page zoom may cost half a pixel.
      if (Math.min(width, height) > LEAST - 0.5) return [];
      return [`${Math.round(width)} × ${Math.round(height)}: ${target.outerHTML.slice(0, 160)}`];
    });
  });
