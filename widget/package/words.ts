/** Which words of locales/ a build brings. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

/** Sections that the CRM itself shows or that a card needs when it opens. */
export const FIRST = ['widget', 'settings', 'card'];
/** Words of pages that stand in a frame of their own. */
const FRAME = 'frame';

const LOCALE = /\/locales\/(\w+)\.json(\?first)?$/;

/**
 * `out`: nothing of ours stands in a frame there. `in`: the words of a first face are a file of their own, because no CRM
 * hands them to a frame.
 */
export const wordsOfFrames = (frames: 'in' | 'out'): Plugin => ({
  name: 'words-of-frames',
  enforce: 'pre',
  async load(id) {
    const [, , first] = LOCALE.exec(id) ?? [];
    if (!LOCALE.test(id)) return null;
    const all: Record<string, unknown> = JSON.parse(await readFile(id.replace(/\?.*$/, ''), 'utf8'));
    const isIn = (section: string): boolean =>
      first ? section === FRAME || section === 'card' : frames === 'in' || section !== FRAME;
    const text = JSON.stringify(Object.fromEntries(Object.entries(all).filter(([section]) => isIn(section))));
    return first ? { code: `export default ${text}`, moduleType: 'js' } : text;
  },
});
