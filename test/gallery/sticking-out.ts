/** Finds elements of our views that do not fit: they stick out of the window, or their content sticks out of them. */
import type { Page } from 'playwright';

export const stickingOut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const nameOf = (element: Element): string =>
      `${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent.slice(0, 30)}”`;
    const isUnseen = (element: Element): boolean =>
      !element.checkVisibility() || element.closest('.unseen') !== null;
    const look = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot);
        if (isUnseen(element)) continue;
        const { left, right, width } = element.getBoundingClientRect();
        if (width > 0 && (left < -0.5 || right > innerWidth + 0.5)) found.push(nameOf(element));
        const isBox =
          getComputedStyle(element).display !== 'inline' && !element.matches('input, select, textarea');
        if (isBox && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
          found.push(`${nameOf(element)} ${element.scrollWidth} > ${element.clientWidth}`);
      }
    };
    look(document);
    return found.slice(0, 5);
  });
