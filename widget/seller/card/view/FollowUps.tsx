/**
 * What follows from a claim, in one line: done, under way, or in need of a person. The server does it, even if the page
 * is closed.
 */
import type { VNode } from 'preact';
import { labelsOf } from '../../../../domain/namesakes.ts';
import type { ClaimStatus, FollowUpStatus, DealFate } from '../../../account/claim.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { useWords, type Words } from '../../../words/words.tsx';
import type { CardModel } from '../model/card.ts';
import { Again, defectOr } from './Trouble.tsx';

export function FollowUps({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const status = model.status.value;
  switch (status.kind) {
    case 'none':
      return null;
    case 'sending':
      return <Waiting line={t('claim.followUp.waiting.chat')} />;
    case 'no-server':
      return <Notice tone="info">{t('claim.followUp.notConnected')}</Notice>;
    case 'later':
      return (
        <Notice tone="info" action={<Again press={model.check} />}>
          {defectOr(t('claim.followUp.later'), status.failure, t)}
        </Notice>
      );
    case 'known': {
      const summary = summaryOf(status.claim, model, t);
      const { waiting, problems } = summary;
      // Results show at once, even while something else is under way.
      if (waiting !== '' && status.isWatched && problems.length + summary.done.length === 0)
        return <Waiting line={waiting} />;
      const slow = waiting === '' || status.isWatched ? [] : [t('claim.followUp.slow')];
      const sentences = [...problems, ...summary.done, ...slow];
      if (sentences.length === 0) return null;
      const isProblem = problems.length > 0;
      const isOpen = isProblem || slow.length > 0;
      return (
        <Notice
          tone={isProblem ? 'problem' : slow.length > 0 ? 'info' : 'success'}
          action={isOpen && <Again isLook press={model.check} />}
        >
          {sentences.join(' ')}
        </Notice>
      );
    }
  }
}

const Waiting = ({ line }: { line: string }): VNode => (
  <p class="quiet" role="status">
    {line}
  </p>
);

/** Whether a follow-up has a problem. */
export function isTroubled(model: CardModel, t: Words): boolean {
  const status = model.status.value;
  return status.kind === 'known' && summaryOf(status.claim, model, t).problems.length > 0;
}

type Summary = {
  readonly done: readonly string[];
  readonly problems: readonly string[];
  /** What is under way; empty when nothing is. */
  readonly waiting: string;
};
const done = (...sentences: readonly string[]): Summary => ({ done: sentences, problems: [], waiting: '' });
const bad = (...sentences: readonly string[]): Summary => ({ done: [], problems: sentences, waiting: '' });
const underWay = (waiting: string): Summary => ({ done: [], problems: [], waiting });

function summaryOf(claim: ClaimStatus, model: CardModel, t: Words): Summary {
  // The card's state already explains a claim that does not count.
  if (claim.state === 'void' || claim.state === 'released' || claim.state === 'lapsed') return done();
  const isForMe = claim.to === model.given.page.me.id;
  // The client is no longer mine, so sentences about me would be wrong.
  if (isForMe && model.ownership.value.kind !== 'mine') return done();
  const all = [
    chatSummary(claim, isForMe, t),
    ...claim.followUps.map(one => followUpSummary(one, isForMe, t)),
  ];
  return {
    done: all.flatMap(one => one.done),
    problems: all.flatMap(one => one.problems),
    waiting: all.map(one => one.waiting).find(line => line !== '') ?? '',
  };
}

function chatSummary({ chat }: ClaimStatus, isForMe: boolean, t: Words): Summary {
  const notNumbers =
    chat.notNumbers.length > 0
      ? [t('claim.followUp.notNumbers', { numbers: chat.notNumbers.join(', ') })]
      : [];
  switch (chat.kind) {
    case 'waiting':
      return underWay(t('claim.followUp.waiting.chat'));
    case 'known':
      return done(t(isForMe ? 'claim.followUp.told' : 'claim.followUp.toldOther'), ...notNumbers);
    case 'without-number':
      return bad(...notNumbers, t('claim.followUp.nothingToTell'));
    case 'free':
      return done(t('claim.followUp.freed'));
    case 'gone':
      return done();
    case 'no-role':
      return bad(t('claim.followUp.noRole'));
    case 'not-connected':
      return done(t('claim.followUp.notConnected'));
    case 'failed':
      return bad(t(isForMe ? 'claim.followUp.notTold' : 'claim.followUp.failed.chat'));
  }
}

/** Notes, tasks and answers are mentioned only when they fail. */
function followUpSummary({ kind, state, deals }: FollowUpStatus, isForMe: boolean, t: Words): Summary {
  const failed = t(`claim.followUp.failed.${kind}`);
  switch (state) {
    case 'waiting':
      return kind === 'deals' ? underWay(t('claim.followUp.waiting.deals')) : done();
    case 'void':
      return done();
    case 'refused':
      return bad(failed, t('failure.crm.forbidden'));
    case 'failed':
      return bad(failed);
    case 'done': {
      const labels = labelsOf(deals.map(({ id, name }) => ({ id, name: name ?? id, details: [] })));
      const lines = deals.map(deal => {
        const name = deal.name === null ? t('nameless.deal', deal) : (labels.get(deal.id) ?? deal.name);
        return { sentence: dealText(deal, name, isForMe, t), deal };
      });
      const isBad = ({ deal: { fate } }: (typeof lines)[number]): boolean =>
        fate === 'refused' || fate === 'failed';
      return {
        ...done(...lines.filter(one => !isBad(one)).map(({ sentence }) => sentence)),
        problems: lines.filter(isBad).map(({ sentence }) => sentence),
      };
    }
  }
}

function dealText({ fate }: DealFate, deal: string, isForMe: boolean, t: Words): string {
  switch (fate) {
    case 'moved':
      return t(isForMe ? 'claim.followUp.deal.moved' : 'claim.followUp.deal.movedTo', { deal });
    case 'changed':
      return t('claim.followUp.deal.changed', { deal });
    case 'missing':
      return t('claim.followUp.deal.missing');
    case 'refused':
      return `${t('claim.followUp.deal.failed', { deal })} ${t('failure.crm.forbidden')}`;
    case 'failed':
      return t('claim.followUp.deal.failed', { deal });
  }
}
