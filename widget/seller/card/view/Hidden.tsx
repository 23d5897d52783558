/**
 * Whom the CRM hides the client from by the step that is about to be taken, said where it is decided. Only CRMs that hide
 * clients by that bring this file.
 */
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

/** Who may get the client by the step. A client who is nobody's is hidden from nobody who works with them. */
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
