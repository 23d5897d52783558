/** What happened, what is safe, what to do now. */
import type { VNode } from 'preact';
import type { Failure } from '../../http/failure.ts';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords, type Words } from '../../words.tsx';
import type { CardModel } from '../model/card.ts';
import type { News } from '../model/news.ts';
import { nameOf, timeOf } from './naming.ts';
import type { Turn } from '../race/race.ts';
import { Again, defectOr } from './Trouble.tsx';

export function StateNotice({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const state = model.state.value;
  const ownership = model.ownership.value;
  switch (state.kind) {
    case 'known':
      return state.news && <NewsNotice model={model} news={state.news} />;
    case 'writing':
    case 'checking':
    case 'mine':
      return null;
    case 'changed':
      return (
        <Notice tone={ownership.kind === 'mine' ? 'success' : 'problem'}>
          {t(`claim.changed.${ownership.kind}`)}
        </Notice>
      );
    case 'taken':
      return (
        <Notice tone="problem">
          {state.iWasFirst
            ? t('claim.taken.iWasFirst', whoAndWhen(model, state.turn, t))
            : t(`claim.taken.${state.turn.how}`, whoAndWhen(model, state.turn, t))}
        </Notice>
      );
    case 'too-soon':
      return <Notice tone="problem">{t('claim.tooSoon', whoAndWhen(model, state.turn, t))}</Notice>;
    case 'kept':
      return <Notice tone="problem">{t('claim.kept', { by: nameOf(model, state.firstId, t) })}</Notice>;
    case 'failed':
      return (
        <Notice tone="problem">
          {t('claim.failed')} {whyFailed(t, state.failure)}
        </Notice>
      );
    case 'unreadable':
      return (
        <Notice tone="problem" action={<Again press={model.lookAgain} />}>
          {t('claim.unreadable')} {whyFailed(t, state.failure)}
        </Notice>
      );
    case 'unknown':
      return <Notice tone="problem">{unknownSaid(state, t)}</Notice>;
    case 'forbidden':
    case 'missing':
    case 'offline':
      return <Notice tone="problem">{t(`claim.${state.kind}`)}</Notice>;
  }
}

export const unknownSaid = (
  { failure, gaveUp }: { readonly failure: Failure; readonly gaveUp?: true },
  t: Words,
): string => defectOr(t(gaveUp ? 'claim.gaveUp' : 'claim.unknown'), failure, t);

const whoAndWhen = (model: CardModel, { by, at }: Pick<Turn, 'by' | 'at'>, t: Words) => ({
  by: nameOf(model, by, t),
  time: timeOf(model, at),
});

function NewsNotice({ model, news }: { model: CardModel; news: News }): VNode {
  const t = useWords();
  const { kind } = model.ownership.value;
  return (
    <Notice tone={kind === 'mine' ? 'success' : 'info'}>
      {news.at === null || news.kind === 'changed'
        ? t('claim.news.changed')
        : t(newsKey(news.kind, kind), whoAndWhen(model, { by: news.by, at: news.at }, t))}
      {news.why !== '' && ` ${t('claim.why', { why: news.why })}`}
    </Notice>
  );
}

function newsKey(kind: Exclude<News['kind'], 'changed'>, whose: 'free' | 'mine' | 'colleagues') {
  if (kind === 'put-back') return 'claim.news.put-back';
  switch (whose) {
    case 'free':
      return 'claim.news.free';
    case 'mine':
      return 'claim.news.givenToMe';
    case 'colleagues':
      return kind === 'claimed' ? 'claim.news.claimed' : 'claim.news.given';
  }
}
