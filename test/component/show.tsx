/** Renders a view with the words of a language, as mount.tsx does. */
import { cleanup, configure, render, type RenderResult } from '@testing-library/preact';
import type { VNode } from 'preact';
import { createDictionary, WordsProvider } from '../../widget/words.tsx';
import en from '../../locales/en.json' with { type: 'json' };
import ru from '../../locales/ru.json' with { type: 'json' };
import type { Language } from '../world/people.ts';

// Parts of the widget load on demand; on a busy machine that alone can take longer than the usual second.
configure({ asyncUtilTimeout: 10_000 });

export function show(view: VNode, language: Language = 'ru'): RenderResult {
  const { words } = createDictionary(language, language === 'ru' ? ru : en);
  return render(<WordsProvider words={words}>{view}</WordsProvider>);
}

export { cleanup };
