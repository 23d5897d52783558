/** The state of a card in one short line, for the folded panel and as the heading of the open one. */
import type { Ownership } from '../domain/ownership.ts';
import type { Words } from '../words.tsx';
import type { CardState } from './model.ts';

export function headline(state: CardState, t: Words): string {
  switch (state.kind) {
    case 'shown':
    case 'taken':
      return ofOwnership(state.ownership, t);
    case 'claiming':
      return t('claim.claiming');
    case 'telling':
    case 'claimed':
      return t('claim.mine');
    case 'unsaved':
      return t('claim.unsaved');
    case 'forbidden':
      return t('claim.forbidden');
    case 'missing':
      return t('claim.missing');
    case 'failed':
      return t('claim.failed');
    case 'unknown':
      return t('claim.unknown');
    case 'not-loaded':
      return t('claim.notLoaded');
  }
}

function ofOwnership(ownership: Ownership, t: Words): string {
  switch (ownership.kind) {
    case 'mine':
      return t('claim.mine');
    case 'colleagues':
      return t('claim.colleagues', { name: ownership.owner.name });
    case 'free':
      switch (ownership.because) {
        case 'deactivated':
          return t('claim.deactivated');
        case 'deleted':
          return t('claim.deleted');
        case 'stand-in':
        case 'absent':
          return t('claim.free');
      }
  }
}
