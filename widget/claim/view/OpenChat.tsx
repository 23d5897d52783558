/** «Open the chat» in the chat service's own window. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords } from '../../words.tsx';
import type { CardModel } from '../model/card.ts';

export function OpenChat({ model: { window: chat } }: { model: CardModel }): VNode | null {
  const t = useWords();
  const channels = chat.channels.value;
  const state = chat.state.value;
  if (channels === null) return null;
  if (channels.length === 0) return <p class="quiet">{t('claim.chat.none')}</p>;
  const open = (
    <Button busy={state.kind === 'opening'} onPress={() => void chat.open(t('claim.chat.opening'))}>
      {t('claim.chat.open')}
    </Button>
  );
  switch (state.kind) {
    case 'closed':
    case 'opening':
      return open;
    case 'choosing':
      return (
        <label class="field">
          <span>{t('claim.chat.channel')}</span>
          <Select
            value=""
            choices={[
              { value: '', label: t('claim.chat.choose') },
              ...channels.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={id => void chat.openOn(id, t('claim.chat.opening'))}
          />
        </label>
      );
    case 'at':
      return (
        <Notice
          tone="info"
          action={
            <a href={state.address} target="_blank" rel="noreferrer">
              {t('claim.chat.link')}
            </a>
          }
        >
          {t('claim.chat.blocked')}
        </Notice>
      );
    case 'not-own':
      return <Notice tone="problem">{t('claim.chat.notOwn')}</Notice>;
    case 'failed':
      return (
        <Notice tone="problem" action={open}>
          {t('claim.chat.failed')} {whyFailed(t, state.failure)}
        </Notice>
      );
  }
}
