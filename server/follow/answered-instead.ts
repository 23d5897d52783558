/** Why a client could not be updated, as a refusal code. */
import { ChatRefused, ChatUnavailable } from '../chat/wazzup/asking.ts';
import { CrmUnanswered, CrmUnavailable } from '../crm/unanswered.ts';
import { Refused, type RefusalCode } from '../http/refusal.ts';

/** Null for an error that did not come from the CRM or the chat service. */
export function answeredInstead(error: unknown): RefusalCode | null {
  if (error instanceof CrmUnanswered && error.isBudgetGone) return 'CRM_BUDGET_GONE';
  if (error instanceof CrmUnavailable) return 'CRM_UNREACHABLE';
  if (error instanceof ChatUnavailable) return error.code;
  return error instanceof ChatRefused ? 'SERVICE_REFUSED' : null;
}

/** Throws `Refused` with that code instead. */
export const orRefused = <T>(looking: Promise<T>): Promise<T> =>
  looking.catch((error: unknown) => {
    const code = answeredInstead(error);
    throw code === null ? error : new Refused(code);
  });
