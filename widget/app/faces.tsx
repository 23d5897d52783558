/** The start-up views of a framed page, shown until its actual content replaces them. */
import { signal } from '@preact/signals';
import { Face, type FaceState } from '../framed/Face.tsx';
import face from '../framed/face.css?inline';
import type { Dispose, HostPage, Slot } from '../host/host.ts';
import kit from '../ui/kit.css?inline';
import { firstWords } from '../words/first-words.ts';
import { createDictionary } from '../words/words.tsx';
import { show } from './show.tsx';

export type Faces = {
  /** Shows a face, even after the faces were removed. */
  readonly show: (face: FaceState) => void;
  readonly remove: Dispose;
};

/** `language` is the browser's preference. The CRM gives the person's own language with its first answer. */
export function openFaces({
  page,
  language,
  slot,
}: {
  readonly page: Pick<HostPage, 'theme' | 'onTheme'>;
  readonly language: string;
  readonly slot: Slot;
}): Faces {
  const state = signal<FaceState>({ kind: 'opening' });
  let shown: Dispose | null = null;
  let isWanted = true;
  const put = (words: object): void => {
    if (shown || !isWanted) return;
    const dictionary = createDictionary(language, words);
    shown = show(page, dictionary.words, slot, [kit, face], <Face state={state} />).remove;
  };
  const loading = firstWords(language).catch(() => null);
  void loading.then(words => words && put(words));
  return {
    show(next) {
      state.value = next;
      isWanted = true;
      void loading.then(words => words && put(words));
    },
    remove() {
      isWanted = false;
      shown?.();
      shown = null;
    },
  };
}
