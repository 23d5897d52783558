/** The client's open deals: owner, stage, and which of them come along with the client. */
import type { VNode } from 'preact';
import { Button } from '../../../ui/Button.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { contained } from '../../../../domain/contained.ts';
import { useWords, type Words } from '../../../words/words.tsx';
import type { DealAlong } from '../../../../domain/deals-along.ts';
import type { CardModel } from '../model/card.ts';
import { labelsOf } from '../../../../domain/namesakes.ts';
import { nameOf } from './naming.ts';
import { Again } from './Trouble.tsx';

export function Deals({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const reading = model.sources.deals.state.value;
  switch (reading.kind) {
    case 'unread':
      return null;
    case 'reading':
      return <p class="quiet">{t('claim.deals.reading')}</p>;
    case 'failed':
      return (
        <p class="quiet">
          {t('claim.deals.failed')} {whyFailed(t, reading.failure)} <Again press={model.lookAgain} />
        </p>
      );
    case 'read':
      return <DealList model={model} />;
  }
}

/** Whether taking the client is possible. Otherwise no deal comes along and there is nothing to choose. */
const mayTake = ({ permission }: CardModel): boolean =>
  permission.value.kind !== 'ask-owner' && permission.value.kind !== 'no-role';

function DealList({ model }: { model: CardModel }): VNode {
  const t = useWords();
  const labels = labelsOf(model.along.value.map(({ deal }) => ({ ...deal, details: [] })));
  const along = model.along.value.map(one => ({
    ...one,
    deal: { ...one.deal, name: labels.get(one.deal.id) ?? one.deal.name },
  }));
  if (along.length === 0) return <p class="quiet">{t('claim.deals.none')}</p>;
  const isMine = model.ownership.value.kind === 'mine';
  const mayCome = isMine ? along.some(one => one.isChoice && one.comes) : false;
  return (
    <section class="part" aria-label={t('claim.deals.title')}>
      <h3>{t('claim.deals.title')}</h3>
      <ul class="deals">
        {along.map(one => (
          <li key={one.deal.id}>
            <DealLine model={model} one={one} />
          </li>
        ))}
      </ul>
      {mayCome && <Button onPress={model.moveDeals}>{t('claim.deals.move')}</Button>}
    </section>
  );
}

function DealLine({ model, one }: { model: CardModel; one: DealAlong }): VNode {
  const t = useWords();
  const { deal, whose, comes, isChoice } = one;
  const name = (
    <span>
      <a class="alone" href={deal.address}>
        {deal.name}
      </a>{' '}
      <span class="quiet">{detailsOf(model, one, t).join(' · ')}</span>
    </span>
  );
  if (!isChoice || !mayTake(model)) return name;
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={comes}
        aria-label={deal.name}
        onChange={({ currentTarget }) => model.tick(deal.id, currentTarget.checked)}
      />
      <span>
        {name}
        {whose === 'colleagues' && !comes && (
          <span class="quiet">
            <br />
            {t('claim.deals.colleagues')}
          </span>
        )}
      </span>
    </label>
  );
}

function detailsOf(
  model: CardModel,
  { deal, whose, comes, isChoice }: DealAlong,
  t: Words,
): readonly string[] {
  const owner =
    whose === 'mine' || whose === 'free' ? t(`claim.deals.${whose}`) : nameOf(model, deal.ownerId, t);
  const { kind } = model.ownership.value;
  const fate =
    isChoice || whose === 'mine' || kind === 'mine' || !mayTake(model)
      ? []
      : [t(comes ? 'claim.deals.comes' : 'claim.deals.stays')];
  return [
    ...(deal.id === model.given.dealId ? [t('claim.deals.this')] : []),
    ...(model.sources.stages.value.get(`${deal.pipelineId} ${deal.stageId}`)?.split('\n') ?? []).map(
      contained,
    ),
    owner,
    ...fate,
  ];
}
