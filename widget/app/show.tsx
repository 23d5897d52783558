import { render, type VNode } from 'preact';

import type { Dispose, HostPage, Slot } from '../host/host.ts';
import { openCorner } from '../ui/shadow.ts';
import { WordsProvider, type Words } from '../words/words.tsx';

/** Renders a view in a shadow root that follows the page's theme. */
export function show(
  page: Pick<HostPage, 'theme' | 'onTheme'>,
  words: Words,
  slot: Slot,
  css: readonly string[],
  view: VNode,
): {
  readonly root: ShadowRoot;
  readonly adopt: (css: readonly string[]) => void;
  readonly remove: Dispose;
} {
  const { root, setTheme, adopt, remove } = openCorner(slot, css);
  const follow = (): void => setTheme(page.theme());
  follow();
  const unfollow = page.onTheme(follow);
  // Attributes on the host element do not apply inside its shadow root, so `translate` is set again.
  render(
    <div class="notranslate" translate={false} style={{ display: 'contents' }}>
      <WordsProvider words={words}>{view}</WordsProvider>
    </div>,
    root,
  );
  return {
    root,
    adopt,
    remove() {
      unfollow();
      render(null, root);
      remove();
    },
  };
}
