/** The open panel of the card: whose client this is, what happened, what to do now. */
import type { VNode } from 'preact';
import type { Ownership } from '../domain/ownership.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import type { ChatOutcome } from './claim.ts';
import { ClaimButton } from './ClaimButton.tsx';
import { headline } from './headline.ts';
import type { CardModel } from './model.ts';

export function CardBody({ model }: { model: CardModel }): VNode {
  const t = useWords();
  return (
    <div class="card stack">
      <Face model={model} headline={headline(model.state.value, t)} />
      <ClaimButton model={model} />
    </div>
  );
}

function Face({ model, headline }: { model: CardModel; headline: string }): VNode {
  const t = useWords();
  const state = model.state.value;
  switch (state.kind) {
    case 'unsaved':
      return <p>{headline}</p>;
    case 'shown':
      return (
        <>
          <p class="owner">{headline}</p>
          <p class="quiet">{t(hintOf(state.ownership))}</p>
        </>
      );
    case 'claiming':
      return <p role="status">{headline}</p>;
    case 'telling':
      return (
        <>
          <p class="owner">{headline}</p>
          <p role="status">{t('claim.telling')}</p>
        </>
      );
    case 'claimed':
      return (
        <>
          <p class="owner">{headline}</p>
          <Told chat={state.chat} onRetry={() => void model.lookAgain()} />
        </>
      );
    case 'taken':
      return (
        <>
          <p class="owner">{headline}</p>
          <Notice tone={state.ownership.kind === 'mine' ? 'success' : 'problem'}>
            {t(takenOf(state.ownership))}
          </Notice>
        </>
      );
    case 'forbidden':
    case 'missing':
    case 'not-loaded':
      return <Notice tone="problem">{headline}</Notice>;
    case 'failed':
      return (
        <Notice tone="problem">
          {headline} {t(`failure.${state.failure.service}.${state.failure.code}`)}
        </Notice>
      );
    case 'unknown':
      return (
        <Notice
          tone="problem"
          action={<Button onPress={() => void model.lookAgain()}>{t('claim.lookAgain')}</Button>}
        >
          {headline}
        </Notice>
      );
  }
}

function hintOf(ownership: Ownership): 'claim.freeHint' | 'claim.mineHint' | 'claim.colleaguesHint' {
  switch (ownership.kind) {
    case 'free':
      return 'claim.freeHint';
    case 'mine':
      return 'claim.mineHint';
    case 'colleagues':
      return 'claim.colleaguesHint';
  }
}

function takenOf(ownership: Ownership): 'claim.changedFree' | 'claim.handedToMe' | 'claim.takenHint' {
  switch (ownership.kind) {
    case 'free':
      return 'claim.changedFree';
    case 'mine':
      return 'claim.handedToMe';
    case 'colleagues':
      return 'claim.takenHint';
  }
}

function Told({ chat, onRetry }: { chat: ChatOutcome; onRetry: () => void }): VNode {
  const t = useWords();
  const retry = <Button onPress={onRetry}>{t('claim.retry')}</Button>;
  switch (chat.kind) {
    case 'told':
      return <Notice tone="success">{t('claim.told')}</Notice>;
    case 'nothing-to-tell':
      return (
        <Notice tone="problem" action={retry}>
          {t('claim.nothingToTell')}
        </Notice>
      );
    case 'no-role':
      return <Notice tone="problem">{t('claim.noRole')}</Notice>;
    case 'not-connected':
      return <Notice tone="info">{t('claim.notConnected')}</Notice>;
    case 'failed':
      return (
        <Notice tone="problem" action={retry}>
          {t('claim.notTold')} {t(`failure.${chat.failure.service}.${chat.failure.code}`)}
        </Notice>
      );
  }
}
