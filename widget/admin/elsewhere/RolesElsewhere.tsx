/** What the settings page shows while the roles are open in a separate window above it. */
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { useWords } from '../../words/words.tsx';
import type { OpenerModel } from './opener.ts';

export function RolesElsewhere({ model, onClose }: { model: OpenerModel; onClose: () => void }): VNode {
  const t = useWords();
  useLayoutEffect(() => model.begin(onClose), [model, onClose]);
  const state = model.state.value;
  switch (state.kind) {
    case 'opening':
    case 'open':
      return (
        <Small
          says={t(state.kind === 'opening' ? 'frame.opening' : 'frame.elsewhere')}
          onClose={model.openHere}
        >
          <Button onPress={model.openHere}>{t('frame.open-here')}</Button>
        </Small>
      );
    case 'here':
      return state.render(onClose);
    case 'reading':
      return (
        <Small says={t('frame.rereading')} onClose={onClose}>
          <Button onPress={onClose}>{t('roles.close')}</Button>
        </Small>
      );
    case 'unread':
      return (
        <Small says={`${t('frame.unread')} ${whyFailed(t, state.failure)}`} onClose={onClose}>
          <Button kind="primary" onPress={model.readAgain}>
            {t('failure.retry')}
          </Button>
          <Button onPress={onClose}>{t('roles.close')}</Button>
        </Small>
      );
  }
}

function Small({
  says,
  children,
  onClose,
}: {
  says: string;
  /** The buttons. */
  children: ComponentChildren;
  onClose: () => void;
}): VNode {
  const t = useWords();
  return (
    <Dialog title={t('roles.title')} size="small" onClose={onClose} footer={children}>
      <p role="status">{says}</p>
    </Dialog>
  );
}
