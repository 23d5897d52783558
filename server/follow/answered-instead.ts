/** What somebody who waits for a client to be looked at is told where the other side answered something else. */
import { ChatRefused, ChatUnavailable } from '../chat/wazzup/asking.ts';
import { CrmUnavailable } from '../crm/amocrm/clients.ts';
import { Refused, type RefusalCode } from '../http/refusal.ts';

/** Null for what is nobody's answer. */
export function answeredInstead(error: unknown): RefusalCode | null {
  if (error instanceof CrmUnavailable) return 'CRM_UNREACHABLE';
  if (error instanceof ChatUnavailable) return error.code;
  return error instanceof ChatRefused ? 'SERVICE_REFUSED' : null;
}

/** Throws `Refused` in its place. */
export const orRefused = <T>(looking: Promise<T>): Promise<T> =>
  looking.catch((error: unknown) => {
    const code = answeredInstead(error);
    throw code === null ? error : new Refused(code);
  });
