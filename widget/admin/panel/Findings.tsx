/** What the server told the chat service beside clients; what was not done says nothing here. */
import type { VNode } from 'preact';
import type { Clients } from '../../account/account.ts';
import { useWords } from '../../words/words.tsx';

/** From here on the limit of people is worth a word. */
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
