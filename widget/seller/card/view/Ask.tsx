/** Asking a colleague for their client: a colleague's question to me, and mine to them. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords } from '../../../words/words.tsx';
import type { AskOutcome } from '../../colleagues/ask.ts';
import type { CardModel } from '../model/card.ts';
import { isAskOnly, Letter, letterPlace } from './Letter.tsx';
import { nameOf, timeOf } from './naming.ts';
import { Again, defectOr } from './Trouble.tsx';

/** "{name} asks for the client", on the owner's card. */
export function AsksToMe({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const { exchange } = model;
  if (model.ownership.value.kind !== 'mine' && exchange.toMe.value.length === 0) return null;
  const busy = exchange.state.value.kind === 'sending';
  return (
    <>
      {exchange.toMe.value.map(ask => (
        <Notice
          key={ask.taskId}
          tone="info"
          action={
            <div class="actions">
              {model.ownership.value.kind === 'mine' && (
                <Button key="grant" busy={busy} onPress={() => exchange.grant(ask)}>
                  {t('claim.ask.grant')}
                </Button>
              )}
              <Button key="refuse" onPress={() => exchange.refuse(ask)}>
                {t('claim.ask.refuse')}
              </Button>
            </div>
          }
        >
          {t('claim.ask.toMe', { name: nameOf(model, ask.fromId, t) })}
          {ask.words !== '' && `: ${ask.words}`}
        </Notice>
      ))}
    </>
  );
}

/** Since when a colleague has the client, and a link to ask for them where the card's button does something else. */
export function Theirs({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const { exchange, sources } = model;
  if (model.ownership.value.kind !== 'colleagues') return null;
  const since = sources.since.value();
  const isWriting = letterPlace(model) !== null;
  const mayAsk = !isAskOnly(model) && !isWriting && exchange.mine.value === null;
  return (
    <>
      {since !== null && <p class="quiet">{t('claim.since', { time: timeOf(model, since) })}</p>}
      {mayAsk && (
        <Button key="ask" kind="link" onPress={() => exchange.open('ask')}>
          {t('claim.ask.button')}
        </Button>
      )}
      <Letter model={model} place="ask" />
    </>
  );
}

/** My question, shown until the owner answers. */
export function MyAsk({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const { mine, state } = model.exchange;
  if (state.value.kind === 'answered' && state.value.outcome.kind !== 'asked')
    return <NotAsked outcome={state.value.outcome} again={state.value.again} />;
  const ask = mine.value;
  if (!ask || model.ownership.value.kind === 'mine') return null;
  return <Notice tone="info">{t('claim.ask.asked', { name: nameOf(model, ask.toId, t) })}</Notice>;
}

function NotAsked({
  outcome,
  again,
}: {
  outcome: Exclude<AskOutcome, { kind: 'asked' }>;
  again: () => void;
}): VNode {
  const t = useWords();
  const isUnknown = outcome.kind === 'unknown';
  const isOpen = isUnknown || outcome.kind === 'failed';
  return (
    <Notice tone="problem" action={isOpen && <Again isLook={isUnknown} press={again} />}>
      {outcome.kind === 'unknown'
        ? defectOr(t('claim.ask.unknown'), outcome.failure, t)
        : t(`claim.ask.${outcome.kind}`)}
      {outcome.kind === 'failed' && ` ${whyFailed(t, outcome.failure)}`}
    </Notice>
  );
}
