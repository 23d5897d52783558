/** What happened to the message, where the chats are, and who sees the new chat. */
import type { VNode } from 'preact';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { useNames } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';
import type { Step, TrialModel } from './model.ts';

export function After({
  model,
  step,
}: {
  model: TrialModel;
  step: Extract<Step, { kind: 'sent' | 'unknown' }>;
}): VNode {
  const t = useWords();
  return (
    <>
      {step.kind === 'sent' ? (
        <Notice tone="success">{t('trial.sent', { number: step.number })}</Notice>
      ) : (
        <Notice tone="problem">{t('trial.unknown')}</Notice>
      )}
      <Whereabouts model={model} />
      {model.knowsRoles && <Watchers model={model} />}
    </>
  );
}

function Whereabouts({ model }: { model: TrialModel }): VNode | null {
  const t = useWords();
  const chats = model.chats.value;
  switch (chats.kind) {
    case 'closed':
    case 'opening':
      return null;
    case 'open':
      return <p role="status">{t('trial.chatsOpen')}</p>;
    case 'at':
      return (
        <p role="status">
          {t('trial.tabBlocked')}{' '}
          <a href={chats.address} target="_blank" rel="noopener noreferrer">
            {t('trial.toChats')}
          </a>
        </p>
      );
    case 'failed':
      return (
        <Notice tone="problem">
          {t('trial.chatsFailed')} {whyFailed(t, chats.failure)}
        </Notice>
      );
  }
}

/** People with a role on the channel, by what their role means for this chat. */
function Watchers({ model }: { model: TrialModel }): VNode | null {
  const t = useWords();
  const names = useNames();
  const audience = model.audience.value;
  return (
    <>
      <h3>{t('trial.watchers.title', { channel: names.channel(model.channel.value) })}</h3>
      {audience.some(({ sees }) => sees) ? (
        <ul class="trial-watchers">
          {audience.map(({ because, people }) => (
            <li key={because}>
              <strong>{names.people(people)}</strong>
              {': '}
              {t(`trial.watchers.${because}`)}
            </li>
          ))}
        </ul>
      ) : (
        <p>{t('trial.watchers.nobody')}</p>
      )}
      <p class="quiet">{t('trial.watchers.rest')}</p>
    </>
  );
}
