import type { VNode } from 'preact';
import { useWords } from './words.tsx';

/** A link to the chat service's own pages, for what cannot be done in the widget. */
export function CabinetLink({ address }: { address: string }): VNode {
  const t = useWords();
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {t('panel.cabinet')}
    </a>
  );
}
