/** The words that go with what is about to be done, and to whom. The card's button sends them. */
import type { VNode } from 'preact';
import { Notice } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords } from '../../words.tsx';
import type { CardModel } from '../model/card.ts';
import type { Purpose } from '../model/exchange.ts';

export function Letter({ model }: { model: CardModel }): VNode | null {
  const { state } = model.exchange;
  if (state.value.kind !== 'writing' && state.value.kind !== 'sending') return <GaveNotice model={model} />;
  return <LetterFor purpose={state.value.purpose} model={model} />;
}

function LetterFor({ purpose, model }: { purpose: Purpose; model: CardModel }): VNode {
  const t = useWords();
  const { exchange } = model;
  switch (purpose) {
    case 'reason':
      return <Field label={t('claim.reason')} hint={t('claim.reasonHint')} model={model} />;
    case 'ask':
      return (
        <>
          <Field
            label={t('claim.ask.words')}
            hint={
              exchange.asked.value
                ? t('claim.ask.to', { name: exchange.asked.value.name })
                : t('claim.ask.nobody')
            }
            model={model}
          />
          <label class="tick">
            <input
              type="checkbox"
              checked={exchange.isAway.value}
              onChange={({ currentTarget }) => {
                exchange.isAway.value = currentTarget.checked;
              }}
            />
            <span>{t('claim.ask.away')}</span>
          </label>
        </>
      );
    case 'give':
      return exchange.receivers.value.length === 0 ? (
        <Notice tone="info">{t('claim.give.nobody')}</Notice>
      ) : (
        <>
          <label class="field">
            <span>{t('claim.give.to')}</span>
            <Select
              value={exchange.toId.value}
              choices={[
                { value: '', label: t('claim.give.choose') },
                ...exchange.receivers.value.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChoose={id => {
                exchange.toId.value = id;
              }}
            />
          </label>
          <Field label={t('claim.give.words')} model={model} />
        </>
      );
    case 'release':
      return <Field label={t('claim.give.releaseWords')} hint={t('claim.give.releaseHint')} model={model} />;
  }
}

function Field({ label, hint, model }: { label: string; hint?: string; model: CardModel }): VNode {
  const { words } = model.exchange;
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        class="input"
        rows={2}
        maxLength={500}
        value={words.value}
        onInput={({ currentTarget }) => {
          words.value = currentTarget.value;
        }}
      />
      {hint && <span class="quiet">{hint}</span>}
    </label>
  );
}

function GaveNotice({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const state = model.exchange.state.value;
  if (state.kind !== 'given') return null;
  const { outcome } = state;
  return (
    <Notice tone={outcome.kind === 'given' ? 'success' : 'problem'}>
      {t(`claim.give.${outcome.kind}`)}
      {outcome.kind === 'failed' && ` ${whyFailed(t, outcome.failure)}`}
    </Notice>
  );
}
