/** What the last check did for people and pipelines. Steps that were not done are omitted. */
import type { VNode } from 'preact';
import type { Clients } from '../../account/account.ts';
import { useWords } from '../../words/words.tsx';

/** The share of the people limit from which it is mentioned. */
const NEARLY_FULL = 0.8;

export function Findings({
  found: { pipelines, people, peopleKnown },
  most,
}: {
  found: Clients;
  most: number;
}): VNode {
  const t = useWords();
  const sentences = [
    pipelines !== null && t('refresh.pipelines', { number: pipelines }),
    people !== null && t('refresh.sent', { number: people }),
    (peopleKnown ?? 0) > most * NEARLY_FULL && t('refresh.nearlyFull', { known: peopleKnown ?? 0, most }),
  ];
  return (
    <ul class="findings" aria-label={t('refresh.step.chat')}>
      {sentences.map(sentence => sentence !== false && <li key={sentence}>{sentence}</li>)}
    </ul>
  );
}
