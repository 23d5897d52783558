/** What the server's check found in the chat service and put right there; what was not done says nothing here. */
import type { VNode } from 'preact';
import type { Checked } from '../account/account.ts';
import { useWords } from '../words.tsx';

/** From here on the limit of people is worth a word. */
const NEARLY_FULL = 0.8;

export function Findings({ checked, most }: { checked: Checked; most: number }): VNode {
  const t = useWords();
  const { pipelines, people, peopleKnown, known, waiting, failed, held, problem } = checked;
  const sentences = [
    pipelines !== null && t('refresh.pipelines', { number: pipelines }),
    people !== null && t('refresh.sent', { number: people }),
    (peopleKnown ?? 0) > most * NEARLY_FULL && t('refresh.nearlyFull', { known: peopleKnown ?? 0, most }),
    !problem && waiting + failed + held === 0 && t('refresh.clients.same', { number: known }),
    waiting > 0 && t('refresh.clients.waiting', { number: waiting }),
    failed > 0 && t('refresh.clients.failed', { number: failed }),
  ];
  return (
    <ul class="findings" aria-label={t('refresh.step.chat')}>
      {sentences.map(sentence => sentence !== false && <li key={sentence}>{sentence}</li>)}
    </ul>
  );
}
