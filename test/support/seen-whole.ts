import type { Locator } from 'playwright';

/** Rows that are seen whole, between the head of the table and Save. */
export const seenWhole = (dialog: Locator): Promise<number> =>
  dialog.evaluate(element => {
    const root = element.getRootNode();
    if (!(root instanceof ShadowRoot)) return 0;
    return [...element.querySelectorAll('[data-employee]')].filter(row => {
      const { left, width, top, bottom } = row.getBoundingClientRect();
      return [top + 1, bottom - 2].every(
        y => root.elementFromPoint(left + width / 2, y)?.closest('[data-employee]') === row,
      );
    }).length;
  });
