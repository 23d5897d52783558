/** The list of the grid's keys. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useWords } from '../../../words/words.tsx';

const KEYS = ['rows', 'ends', 'radios', 'digits', 'switch', 'tick', 'all', 'search', 'undo', 'list'] as const;

export function KeyList({ onClose }: { onClose: () => void }): VNode {
  const t = useWords();
  return (
    <Dialog
      title={t('keys.title')}
      size="small"
      onClose={onClose}
      footer={<Button onPress={onClose}>{t('roles.close')}</Button>}
    >
      <dl class="keys">
        {KEYS.map(key => (
          <div key={key}>
            <dt>
              <strong>{t(`keys.${key}.keys`)}</strong>
            </dt>
            <dd>{t(`keys.${key}.means`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
