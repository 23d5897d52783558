/** The client's owner in one short line. */
import type { Ownership } from '../../../domain/ownership.ts';
import type { Words } from '../../words/words.tsx';

export function ownerLine(ownership: Ownership, t: Words): string {
  switch (ownership.kind) {
    case 'mine':
      return t('card.mine');
    case 'colleagues':
      return t('card.colleagues', { name: ownership.owner.name });
    case 'free':
      switch (ownership.because) {
        case 'deactivated':
          return t('card.deactivated');
        case 'deleted':
          return t('card.deleted');
        case 'stand-in':
        case 'absent':
          return t('card.free');
      }
  }
}
