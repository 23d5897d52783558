/** What a press of the button has led to: what happened, what is safe, what to do now. */
import type { VNode } from 'preact';
import type { Ownership } from '../domain/ownership.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords, type Words } from '../words.tsx';
import type { ChatOutcome } from './claim.ts';
import type { CardModel, OutcomeState } from './model.ts';
import { ownerLine } from './owner-line.ts';

export function outcomeLine(state: OutcomeState, t: Words): string {
  switch (state.kind) {
    case 'telling':
    case 'claimed':
      return t('card.mine');
    case 'taken':
      return ownerLine(state.ownership, t);
    case 'forbidden':
    case 'missing':
    case 'failed':
    case 'unknown':
      return t(`claim.${state.kind}`);
  }
}

export function Outcome({ state, model }: { state: OutcomeState; model: CardModel }): VNode {
  const t = useWords();
  const line = outcomeLine(state, t);
  switch (state.kind) {
    case 'telling':
      return (
        <>
          <p class="owner">{line}</p>
          <p role="status">{t('claim.telling')}</p>
        </>
      );
    case 'claimed':
      return (
        <>
          <p class="owner">{line}</p>
          <Told chat={state.chat} onRetry={() => void model.lookAgain()} />
        </>
      );
    case 'taken':
      return (
        <>
          <p class="owner">{line}</p>
          <Notice tone={state.ownership.kind === 'mine' ? 'success' : 'problem'}>
            {t(takenKey(state.ownership))}
          </Notice>
        </>
      );
    case 'forbidden':
    case 'missing':
      return <Notice tone="problem">{line}</Notice>;
    case 'failed':
      return (
        <Notice tone="problem">
          {line} {t(`failure.${state.failure.service}.${state.failure.code}`)}
        </Notice>
      );
    case 'unknown':
      return (
        <Notice
          tone="problem"
          action={<Button onPress={() => void model.lookAgain()}>{t('claim.lookAgain')}</Button>}
        >
          {line}
        </Notice>
      );
  }
}

function takenKey(ownership: Ownership): 'claim.changedFree' | 'claim.handedToMe' | 'claim.takenHint' {
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
