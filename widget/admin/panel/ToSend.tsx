/** What waits for an admin's approval: clients that were never sent to the chat service, and clients that differ. */
import type { VNode } from 'preact';
import type { Clients } from '../../account/account.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words/words.tsx';

/** The rate at which the chat service accepts clients. */
const CLIENTS_A_MINUTE = 120;

export function ToSend({
  clients: { held, unsent, notNumbers, sending },
  busy,
  onSend,
}: {
  clients: Clients;
  busy: boolean;
  onSend: () => void;
}): VNode | null {
  const t = useWords();
  const asks = !sending && unsent !== null;
  if (!asks && held === 0) return null;
  return (
    <Notice
      tone="info"
      action={
        <>
          {asks && (
            <ul class="findings">
              {unsent > 0 && <li>{t('agreement.unsent', { number: unsent })}</li>}
              {notNumbers !== null && notNumbers > 0 && (
                <li>{t('agreement.notNumbers', { number: notNumbers })}</li>
              )}
              {unsent > 0 && <li>{t('agreement.takes', { count: Math.ceil(unsent / CLIENTS_A_MINUTE) })}</li>}
            </ul>
          )}
          <Button busy={busy} onPress={onSend}>
            {t(asks ? 'agreement.send' : 'agreement.release')}
          </Button>
        </>
      }
    >
      {held > 0 && `${t('agreement.held', { number: held })} `}
      {asks && t('agreement.asks')}
    </Notice>
  );
}
