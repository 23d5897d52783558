/** Offers to allow changing roles that the key can only read, and says so if the service no longer allows it. */
import type { VNode } from 'preact';
import type { Standing } from '../../chat/chat.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words/words.tsx';
import { Away } from './Away.tsx';
import type { PanelModel } from './model.ts';

export function LetRoles({ model, roles }: { model: PanelModel; roles: Standing['roles'] }): VNode | null {
  const t = useWords();
  const { letting } = model;
  const state = letting.state.value;
  if (!model.mayChange || (roles !== 'offered' && roles !== 'ended')) return null;
  if (state.kind === 'away')
    return <Away address={state.address} says={t('panel.connect.awayRoles')} onBack={letting.stop} />;
  const go = (
    <Button busy={state.kind === 'busy'} onPress={() => void letting.go(t('panel.connect.opening'))}>
      {t('panel.connect.letRoles')}
    </Button>
  );
  const isOffered = roles === 'offered' && state.kind !== 'failed';
  if (isOffered) return <div class="actions">{go}</div>;
  return (
    <Notice tone="problem" action={go}>
      {t(state.kind === 'failed' ? 'panel.connect.failed' : 'panel.connect.rolesEnded')}
    </Notice>
  );
}
