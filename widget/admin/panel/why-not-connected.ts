import { ADMINS_UNKNOWN, KEY_IN_USE, KEY_NOT_TAKEN, KEY_REFUSED } from '../../chat/chat.ts';
import type { Failure } from '../../http/failure.ts';
import { whyFailed } from '../../words/why-failed.ts';
import type { Words } from '../../words/words.tsx';

/** Explains a problem with the connection to the person who can fix it. */
export function whyNotConnected(failure: Failure, t: Words): string {
  switch (failure.reason) {
    case KEY_NOT_TAKEN:
      return t('panel.connect.keyNotTaken');
    case KEY_IN_USE:
      return t('panel.connect.keyInUse');
    case KEY_REFUSED:
      return t('panel.connect.refusedKey');
    case ADMINS_UNKNOWN:
      return t('panel.connect.adminsUnknown');
    case null:
    default:
      return whyFailed(t, failure);
  }
}
