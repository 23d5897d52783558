/** The notice about the card's state: what happened, what is safe, and what to do now. */
import type { VNode } from 'preact';
import type { Failure } from '../../../http/failure.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords, type Words } from '../../../words/words.tsx';
import type { CardModel } from '../model/card.ts';
import type { News } from '../model/news.ts';
import { heldText, nameOf, timeOf } from './naming.ts';
import { Again, defectOr } from './Trouble.tsx';

export function StateNotice({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const state = model.state.value;
  const ownership = model.ownership.value;
  switch (state.kind) {
    case 'known':
      return state.news && <NewsNotice model={model} news={state.news} />;
    case 'asking':
    case 'writing':
    case 'checking':
    case 'mine':
    case 'given':
      return null;
    case 'changed':
      return ownership.kind === 'colleagues' ? (
        <Notice tone="problem">{t('claim.changed.colleagues', { by: ownership.owner.name })}</Notice>
      ) : (
        <Notice tone={ownership.kind === 'mine' ? 'success' : 'problem'}>
          {t(`claim.changed.${ownership.kind}`)}
        </Notice>
      );
    case 'withdrawn':
      return (
        <Notice tone="problem">
          {ownership.kind === 'free'
            ? t('claim.changed.free')
            : t('claim.withdrawn', { by: nameOf(model, state.ownerId, t) })}
        </Notice>
      );
    case 'held':
      return <Notice tone="problem">{heldText(model, state.by, t)}</Notice>;
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
      return <Notice tone="problem">{unknownText(state, t)}</Notice>;
    case 'forbidden':
    case 'missing':
    case 'offline':
      return <Notice tone="problem">{t(`claim.${state.kind}`)}</Notice>;
  }
}

export const unknownText = (
  { failure, gaveUp }: { readonly failure: Failure; readonly gaveUp?: true },
  t: Words,
): string => defectOr(t(gaveUp ? 'claim.gaveUp' : 'claim.unknown'), failure, t);

function NewsNotice({ model, news }: { model: CardModel; news: News }): VNode {
  const t = useWords();
  const { kind } = model.ownership.value;
  return (
    <Notice tone={kind === 'mine' ? 'success' : 'info'}>
      {news.at === null || news.kind === 'changed'
        ? t('claim.news.changed')
        : t(newsKey(news.kind, kind), {
            by: nameOf(model, news.by, t),
            time: timeOf(model, news.at),
          })}
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
