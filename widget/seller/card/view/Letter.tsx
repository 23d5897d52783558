/** The form for words to a colleague and for the colleague's name. It replaces the button that opened it. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords, type Words } from '../../../words/words.tsx';
import type { ClaimState } from '../../claim/press.ts';
import type { CardModel } from '../model/card.ts';
import type { Exchange, Purpose } from '../model/exchange.ts';
import { heldText } from './naming.ts';
import { Again, defectOr } from './Trouble.tsx';
import { WordsField } from './WordsField.tsx';

/** Asking is the only thing that I can do, so the card's button does it. */
export const isAskOnly = ({ permission }: CardModel): boolean => permission.value.kind === 'ask-owner';

/** Where the form is: in place of the card's button, in place of the "Ask" link, or under "More". */
export type Place = 'button' | 'ask' | 'more';
export function letterPlace(model: CardModel): Place | null {
  const state = model.exchange.state.value;
  if (state.kind !== 'writing' && state.kind !== 'sending') return null;
  switch (state.purpose) {
    case 'reason':
      return 'button';
    case 'ask':
      return isAskOnly(model) ? 'button' : 'ask';
    case 'give':
    case 'release':
      return 'more';
    case 'answer':
    case 'check':
      return null;
  }
}

export function Letter({ model, place }: { model: CardModel; place: Place }): VNode | null {
  const t = useWords();
  const { exchange } = model;
  const state = exchange.state.value;
  if (letterPlace(model) !== place || !('purpose' in state)) return null;
  if (state.purpose === 'answer' || state.purpose === 'check') return null;
  const busy = state.kind === 'sending';
  const { label, disabled, press } = sendAction(state.purpose, model, busy, t);
  return (
    <>
      <LetterFor purpose={state.purpose} exchange={exchange} />
      {model.given.hides?.(model, place)}
      <div class="actions">
        <Button key={state.purpose} kind="primary" busy={busy} disabled={disabled} onPress={press}>
          {label}
        </Button>
        {!busy && (
          <Button key="cancel" kind="link" onPress={exchange.close}>
            {t('claim.cancel')}
          </Button>
        )}
      </div>
    </>
  );
}

function sendAction(
  purpose: Purpose,
  { exchange, claim }: CardModel,
  busy: boolean,
  t: Words,
): { readonly label: string; readonly disabled: boolean; readonly press: () => void } {
  switch (purpose) {
    case 'reason':
      return {
        label: t('claim.take'),
        disabled: exchange.words.value.trim() === '',
        press() {
          const reason = exchange.words.value;
          exchange.close();
          claim(reason);
        },
      };
    case 'ask':
      return {
        label: t(busy ? 'claim.ask.sending' : 'claim.ask.send'),
        disabled: exchange.asked.value === null,
        press: exchange.ask,
      };
    case 'give':
      return {
        label: t(busy ? 'claim.give.sending' : 'claim.give.send'),
        disabled: !busy && exchange.toId.value === '',
        press: exchange.give,
      };
    case 'release':
      return { label: t('claim.give.release'), disabled: false, press: () => exchange.release?.() };
  }
}

function LetterFor({ purpose, exchange }: { purpose: Purpose; exchange: Exchange }): VNode {
  const t = useWords();
  switch (purpose) {
    case 'reason':
      return <WordsField label={t('claim.reason')} hint={t('claim.reasonHint')} words={exchange.words} />;
    case 'ask':
      return (
        <>
          <WordsField
            label={t('claim.ask.words')}
            hint={
              exchange.asked.value
                ? t('claim.ask.to', { name: exchange.asked.value.name })
                : t('claim.ask.nobody')
            }
            words={exchange.words}
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
          <WordsField label={t('claim.give.words')} words={exchange.words} />
        </>
      );
    case 'release':
      return (
        <WordsField
          label={t('claim.give.releaseWords')}
          hint={t('claim.give.releaseHint')}
          words={exchange.words}
        />
      );
  }
}

/** The outcome of handing a client over or of answering a question. */
export function HandOver({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const state = model.exchange.state.value;
  if (state.kind === 'sending' && (state.purpose === 'answer' || state.purpose === 'check'))
    return <p role="status">{t(state.purpose === 'check' ? 'list.checking' : 'claim.give.sending')}</p>;
  if (state.kind !== 'given') return null;
  const { outcome, again } = state;
  const said = handOverText(outcome, model, t);
  const isOpen = outcome.kind === 'failed' || outcome.kind === 'unknown' || outcome.kind === 'held';
  if (said === null) return null;
  return (
    <Notice
      tone={outcome.kind === 'given' ? 'success' : 'problem'}
      action={isOpen && <Again press={again} />}
    >
      {said}
    </Notice>
  );
}

/** `null` when the card's own state says it. */
function handOverText(outcome: ClaimState, model: CardModel, t: Words): string | null {
  switch (outcome.kind) {
    case 'given':
    case 'forbidden':
    case 'missing':
      return t(`claim.give.${outcome.kind}`);
    case 'mine':
    case 'changed':
      return t('claim.give.not-mine');
    case 'held':
      return heldText(model, outcome.by, t);
    case 'failed':
      return `${t('claim.give.failed')} ${whyFailed(t, outcome.failure)}`;
    case 'unknown':
      return defectOr(t('claim.give.unknown'), outcome.failure, t);
    case 'asking':
    case 'writing':
    case 'checking':
    case 'withdrawn':
      return null;
  }
}
