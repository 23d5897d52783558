/** What follows from a claim, each thing by itself: done, under way, waiting for another try, or in need of a person. */
import type { VNode } from 'preact';
import { labelsOf } from '../../../domain/namesakes.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords, type Words } from '../../words.tsx';
import type { FollowUpOutcome, MovedDeal, ShownFollowUp } from '../follow-up/follow-up.ts';
import type { CardModel } from '../model/card.ts';
import { timeOf } from './naming.ts';
import { Again } from './Trouble.tsx';

const shownOf = ({ given: { desk, contactId } }: CardModel): readonly ShownFollowUp[] =>
  desk.work.outbox.shown.value.filter(({ followUp }) => followUp.contactId === contactId);

/** Those that can be tried again. */
export const problemsOf = (model: CardModel, t: Words): readonly string[] =>
  shownOf(model)
    .filter(one => 'outcome' in one.state && saidOf(one, one.state.outcome, model, t).tone === 'problem')
    .map(({ id }) => id);

export function FollowUps({ model }: { model: CardModel }): VNode {
  const t = useWords();
  const { outbox } = model.given.desk.work;
  const count = outbox.dropped.value.length;
  return (
    <>
      {shownOf(model).map(one => (
        <FollowUpNotice key={one.id} model={model} one={one} />
      ))}
      {count > 0 && (
        <Notice
          tone="problem"
          action={<Button onPress={outbox.dismiss}>{t('claim.followUp.dismiss')}</Button>}
        >
          {t('claim.followUp.dropped', { count })}
        </Notice>
      )}
    </>
  );
}

function FollowUpNotice({ model, one }: { model: CardModel; one: ShownFollowUp }): VNode | null {
  const t = useWords();
  const { id, followUp, state } = one;
  switch (state.kind) {
    case 'waiting':
    case 'doing':
      // Notes and answers that go well are not worth a line that comes and goes.
      return followUp.kind === 'chat' || followUp.kind === 'deals' ? (
        <p class="quiet" role="status">
          {t(`claim.followUp.waiting.${followUp.kind}`)}
        </p>
      ) : null;
    case 'later':
    case 'over': {
      const { sentences, tone } = saidOf(one, state.outcome, model, t);
      if (sentences.length === 0) return null;
      const again = state.kind === 'later' && timeOf(model, Math.ceil(state.at / 1000));
      return (
        <Notice
          tone={tone}
          action={tone === 'problem' && <Again press={() => model.given.desk.work.outbox.retry(id)} />}
        >
          {sentences.join(' ')}
          {again && ` ${t('claim.followUp.later', { time: again })}`}
        </Notice>
      );
    }
  }
}

type Said = {
  readonly sentences: readonly string[];
  readonly tone: 'success' | 'info' | 'problem';
};
const fine = (...sentences: readonly string[]): Said => ({ sentences, tone: 'success' });
/** Nothing was done, and nothing has to be. */
const idle = (...sentences: readonly string[]): Said => ({ sentences, tone: 'info' });
const bad = (...sentences: readonly string[]): Said => ({ sentences, tone: 'problem' });

function saidOf(one: ShownFollowUp, outcome: FollowUpOutcome, model: CardModel, t: Words): Said {
  const { kind } = one.followUp;
  switch (outcome.kind) {
    case 'told': {
      const isForMe = one.followUp.kind !== 'chat' || one.followUp.ownerId === model.given.page.me.id;
      // What was told about me is not true any more.
      if (isForMe && model.ownership.value.kind !== 'mine') return fine();
      return fine(
        t(isForMe ? 'claim.followUp.told' : 'claim.followUp.toldOther'),
        ...notNumbers(outcome.unreadable, t),
      );
    }
    case 'freed':
      return fine(t('claim.followUp.freed'));
    case 'nothing-to-tell':
      return bad(...notNumbers(outcome.unreadable, t), t('claim.followUp.nothingToTell'));
    case 'no-role':
      return bad(t('claim.followUp.noRole'));
    case 'not-connected':
      return idle(t('claim.followUp.notConnected'));
    case 'failed': {
      const what =
        kind === 'chat' && model.ownership.value.kind === 'mine'
          ? t('claim.followUp.notTold')
          : t(`claim.followUp.failed.${kind}`);
      return bad(what, whyFailed(t, outcome.failure));
    }
    case 'written':
      return fine();
    case 'void':
      return kind === 'chat' ? idle() : idle(t('claim.followUp.void'));
    case 'moved': {
      const told = saidOf(one, outcome.chat, model, t);
      const labels = labelsOf(outcome.deals.map(({ id, name }) => ({ id, name: name ?? id, details: [] })));
      const deals = outcome.deals.map(deal =>
        dealSaid({ ...deal, name: labels.get(deal.id) ?? deal.name }, one, model, t),
      );
      const isBad = told.tone === 'problem';
      const sentences = [...deals, ...(isBad ? told.sentences : [])];
      return isBad || outcome.deals.some(({ fate }) => fate.kind === 'failed')
        ? bad(...sentences)
        : fine(...sentences);
    }
  }
}

const notNumbers = (numbers: readonly string[], t: Words): readonly string[] =>
  numbers.length > 0 ? [t('claim.followUp.notNumbers', { numbers: numbers.join(', ') })] : [];

function dealSaid(
  { id, name, fate }: MovedDeal,
  { followUp }: ShownFollowUp,
  model: CardModel,
  t: Words,
): string {
  const deal = name ?? t('nameless.deal', { id });
  switch (fate.kind) {
    case 'moved':
      return followUp.kind === 'deals' && followUp.toId === model.given.page.me.id
        ? t('claim.followUp.deal.moved', { deal })
        : t('claim.followUp.deal.movedTo', { deal });
    case 'changed':
      return t(fate.isOpen ? 'claim.followUp.deal.changed' : 'claim.followUp.deal.closed', { deal });
    case 'missing':
      return t('claim.followUp.deal.missing');
    case 'failed':
      return `${t('claim.followUp.deal.failed', { deal })} ${whyFailed(t, fate.failure)}`;
  }
}
