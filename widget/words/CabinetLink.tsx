import type { VNode } from 'preact';
import { useWords } from './words.tsx';

/** To the chat service's own pages, for what cannot be done from here. */
export function CabinetLink({ address }: { address: string }): VNode {
  const t = useWords();
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {t('panel.cabinet')}
    </a>
  );
}
