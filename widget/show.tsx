import { render, type VNode } from 'preact';
import type { Slot } from './host/amocrm/slots.ts';
import type { HostPage, Undo } from './host/host.ts';
import { openCorner } from './ui/shadow.ts';
import { WordsProvider, type Words } from './words.tsx';

/** Draws a view in a corner of its own that follows the page's theme. */
export function show(
  page: HostPage,
  words: Words,
  slot: Slot,
  css: readonly string[],
  view: VNode,
): { readonly adopt: (css: readonly string[]) => void; readonly remove: Undo } {
  const { root, setTheme, adopt, remove } = openCorner(slot, css);
  const follow = (): void => setTheme(page.theme());
  follow();
  const unfollow = page.onTheme(follow);
  render(<WordsProvider words={words}>{view}</WordsProvider>, root);
  return {
    adopt,
    remove() {
      unfollow();
      render(null, root);
      remove();
    },
  };
}
