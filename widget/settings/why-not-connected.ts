import { ADMINS_UNKNOWN, KEY_REFUSED, KEY_TOO_WEAK } from '../chat/chat.ts';
import type { Failure } from '../http/failure.ts';
import { whyFailed } from '../why-failed.ts';
import type { Words } from '../words.tsx';

/** The gateway tells what is wrong with its own set-up; whoever set it up needs to know which part. */
export function whyNotConnected(failure: Failure, t: Words): string {
  switch (failure.reason) {
    case KEY_TOO_WEAK:
      return t('panel.connect.weakKey');
    case KEY_REFUSED:
      return t('panel.connect.refusedKey');
    case ADMINS_UNKNOWN:
      return t('panel.connect.adminsUnknown');
    case null:
    default:
      return whyFailed(t, failure);
  }
}
