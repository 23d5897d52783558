/** A hint about who will no longer see the client after the next step. Loaded only for CRMs that hide clients. */
import type { VNode } from 'preact';
import { contained } from '../../../../domain/contained.ts';
import { useWords } from '../../../words/words.tsx';
import type { FormPlace, NextStep } from '../model/hides.ts';

export function Hidden({ step, place }: { step: NextStep; place: FormPlace | undefined }): VNode | null {
  const t = useWords();
  const { page } = step.given;
  const ownership = step.ownership.value;
  const from = ownership.kind === 'colleagues' ? ownership.owner.id : page.me.id;
  const hidden = receiversOf(step, place)
    .map(to => page.hiddenBy?.(from, to) ?? 'nobody')
    .find(who => who !== 'nobody');
  if (!hidden) return null;
  const name = contained(page.employee(from)?.name ?? t('card.employee', { id: from }));
  return <p>{hidden === 'me' ? t('framed.hides.me') : t(`framed.hides.${hidden}`, { name })}</p>;
}

/** Employees who may get the client next. There is no hint for a free client, because nobody works with them yet. */
function receiversOf(
  { given, ownership, permission, exchange }: NextStep,
  place: FormPlace | undefined,
): readonly string[] {
  const { kind } = ownership.value;
  const { purpose } = exchange.state.value;
  const mayTake =
    kind === 'colleagues' &&
    (permission.value.kind === 'allowed' || permission.value.kind === 'needs-reason');
  switch (place) {
    case undefined:
      if (kind === 'mine') return exchange.toMe.value.map(({ fromId }) => fromId);
      return mayTake && purpose !== 'reason' ? [given.page.me.id] : [];
    case 'button':
      return mayTake && purpose === 'reason' ? [given.page.me.id] : [];
    case 'ask':
      return [];
    case 'more': {
      const { standInOwners } = given.services.own.value;
      const toId = purpose === 'release' ? standInOwners[0] : exchange.toId.value;
      return toId ? [toId] : [];
    }
  }
}
