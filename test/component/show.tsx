/** Renders a view with the words of a language, as app/ does. */
import { cleanup, configure, render, type RenderResult } from '@testing-library/preact';
import type { VNode } from 'preact';
import { WordsProvider } from '../../widget/words/words.tsx';
import type { Language } from '../world/people.ts';
import { wordsIn } from '../support/words.ts';

// Parts of the widget load on demand, which can take longer than the default of one second on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

export function show(view: VNode, language: Language = 'ru'): RenderResult {
  return render(<WordsProvider words={wordsIn(language)}>{view}</WordsProvider>);
}

export { cleanup };
