/**
 * Targets that a finger or an unsteady pointer misses: everything that can be pressed or chosen and is less than 24 pixels wide
 * or high. Boxes without their own text may be smaller when they stand apart from others: axe checks those.
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
    /** A word of a sentence is as high as its line. */
    const isInSentence = (target: HTMLElement): boolean => {
      const siblings = [...(target.parentNode?.childNodes ?? [])];
      const before = siblings.slice(0, siblings.indexOf(target));
      return target.localName === 'a' && before.some(one => /\S/.test(one.textContent ?? ''));
    };
    return targets.flatMap(target => {
      const isBox = target.matches('[type=checkbox]:not([role=switch]), [type=radio]');
      // A label can be pressed too.
      const pressed = isBox ? target.closest('label') : target;
      if (!pressed?.checkVisibility() || isInSentence(target)) return [];
      const { width, height } = pressed.getBoundingClientRect();
      // Scaling a page loses up to half a pixel.
      if (Math.min(width, height) > LEAST - 0.5) return [];
      return [`${Math.round(width)} × ${Math.round(height)}: ${target.outerHTML.slice(0, 160)}`];
    });
  });
