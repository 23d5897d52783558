/** "Open the chat" in the chat service's own window. */
import type { VNode } from 'preact';
import { labelsOf } from '../../../../domain/namesakes.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords } from '../../../words/words.tsx';
import type { CardModel } from '../model/card.ts';

/** Shown only if the card's own button does something else. */
export function OpenChat({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const { channels, open, state } = model.window;
  if (channels.value === null) return null;
  if (channels.value.length === 0) return <p class="quiet">{t('claim.chat.none')}</p>;
  if (model.ownership.value.kind === 'mine') return null;
  return (
    <>
      <Button busy={state.value.kind === 'opening'} onPress={() => open(t('claim.chat.opening'))}>
        {t('claim.chat.open')}
      </Button>
      <ChatState model={model} />
    </>
  );
}

/** The outcome of opening a chat, or the choice of a channel. */
export function ChatState({ model: { window: chat } }: { model: CardModel }): VNode | null {
  const t = useWords();
  const channels = chat.channels.value ?? [];
  const state = chat.state.value;
  switch (state.kind) {
    case 'closed':
    case 'opening':
      return null;
    case 'choosing': {
      const labels = labelsOf(
        channels.map(({ id, name, messenger }) => ({ id, name, details: [t(`messenger.${messenger}`)] })),
      );
      return (
        <label class="field">
          <span>{t('claim.chat.channel')}</span>
          <Select
            value=""
            choices={[
              { value: '', label: t('claim.chat.choose') },
              ...channels.map(({ id, name }) => ({ value: id, label: labels.get(id) ?? name })),
            ]}
            onChoose={id => chat.openOn(id, t('claim.chat.opening'))}
          />
        </label>
      );
    }
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
        <Notice tone="problem">
          {t('claim.chat.failed')} {whyFailed(t, state.failure)}
        </Notice>
      );
  }
}
