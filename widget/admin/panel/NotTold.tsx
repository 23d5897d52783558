/** The clients that could not be sent to the chat service, with the reasons. */
import type { VNode } from 'preact';
import type { Clients } from '../../account/account.ts';
import { Button } from '../../ui/Button.tsx';
import { useWords } from '../../words/words.tsx';
import type { PanelModel } from './model.ts';

export function NotTold({
  model,
  clients: { failed, notTold },
  busy,
}: {
  model: PanelModel;
  clients: Clients;
  busy: boolean;
}): VNode {
  const t = useWords();
  return (
    <details class="fold">
      <summary class="not-told">{t('agreement.notTold', { count: failed })}</summary>
      <div class="stack">
        <ul class="findings">
          {notTold.map(({ kind, id, reason }) => (
            <li key={`${kind} ${id}`}>
              <a href={model.cardOf(kind, id)} target="_blank" rel="noreferrer">
                {t(`nameless.${kind}`, { id })}
              </a>
              . {t(reason === 'refused' ? 'agreement.refused' : 'agreement.ourFault')}
            </li>
          ))}
          {failed > notTold.length && <li>{t('agreement.more', { number: failed - notTold.length })}</li>}
        </ul>
        <Button busy={busy} onPress={model.agreement.again}>
          {t('failure.retry')}
        </Button>
      </div>
    </details>
  );
}
