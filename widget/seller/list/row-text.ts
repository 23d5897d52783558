/** One short line for a picked client: the owner, or the result of the press. */
import type { Words } from '../../words/words.tsx';
import { ownerLine } from '../card/owner-line.ts';
import type { ListModel, Row } from './list-model.ts';

export function rowText(
  { state: { value: state }, ownerId }: Row,
  { ownership, given }: ListModel,
  t: Words,
): string {
  const owner = ownership(ownerId.value);
  const nameOf = (id: string | null): string =>
    given.page.employee(id ?? '')?.name ?? t('card.employee', { id: id ?? '' });
  const name = nameOf(ownerId.value);
  switch (state.kind) {
    case 'allowed':
    case 'needs-reason':
    case 'no-role':
      return ownerLine(owner, t);
    case 'ask-owner':
      return t('list.skipped', { name });
    case 'changed':
    case 'withdrawn':
      return owner.kind === 'colleagues' ? t('list.has', { name }) : t(`list.changed.${owner.kind}`);
    case 'held':
      return t('list.held', { name: state.by === null ? t('claim.somebody') : nameOf(state.by) });
    case 'asking':
      return t('list.writing');
    case 'given':
    case 'mine':
      return t('list.mine');
    case 'writing':
    case 'checking':
    case 'failed':
    case 'forbidden':
    case 'missing':
      return t(`list.${state.kind}`);
    case 'unknown':
      return t(state.gaveUp ? 'list.gaveUp' : 'list.unknown');
  }
}
