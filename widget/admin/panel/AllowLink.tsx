import type { VNode } from 'preact';
import { useWords } from '../../words/words.tsx';
import type { PanelModel } from './model.ts';

/** A link to the CRM's page on which an admin grants the server access. */
export function AllowLink({ model }: { model: PanelModel }): VNode {
  return (
    <a href={model.allowAddress()} target="_blank" rel="noreferrer">
      {useWords()('panel.connect.allow')}
    </a>
  );
}
