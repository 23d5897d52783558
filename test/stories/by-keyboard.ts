/** A person without a mouse: presses keys and reads the focus. */
import type { Frame, Keyboard } from 'playwright';

/** A page, or a frame together with the keyboard of its page. */
export type Keyed = Pick<Frame, 'evaluate'> & { readonly keyboard: Keyboard };

/** The focused element in any of our shadow roots, with the name from its own markup. */
export const focused = (
  page: Pick<Frame, 'evaluate'>,
): Promise<{ readonly name: string; readonly isSeen: boolean; readonly size: number }> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!(element instanceof HTMLElement)) return { name: '', isSeen: false, size: 0 };
    // The label of a radio draws its outline.
    const drawn = element.closest('.radio') ?? element;
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
    const { width, height } = drawn.getBoundingClientRect();
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    return {
      name: element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent.trim(),
      isSeen: outlineStyle !== 'none' && outlineWidth !== '0px',
      size: Math.min(width, height),
    };
  });

const MOST_STOPS = 120;

/** Presses Tab until the wanted element has the focus. Returns what is wrong with it: no visible outline, or too small. */
export async function tabTo(page: Keyed, wanted: string | RegExp): Promise<readonly string[]> {
  const unseen: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const { name, isSeen, size } = await focused(page);
    const isIt = typeof wanted === 'string' ? name === wanted : wanted.test(name);
    if (isIt && !isSeen) unseen.push(`${name}: no outline`);
    if (isIt && size < 24) unseen.push(`${name}: ${size} px`);
    if (isIt) return unseen;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The focus never reached ${wanted}`);
}

export async function pressOn(
  page: Keyed,
  wanted: string | RegExp,
  key = 'Enter',
): Promise<readonly string[]> {
  const unseen = await tabTo(page, wanted);
  await page.keyboard.press(key);
  return unseen;
}
