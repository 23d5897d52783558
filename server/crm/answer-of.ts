/** What the status of an answer means in every CRM. The sentences of a refusal are each CRM's own. */
import type { CrmAnswer } from './api.ts';

export function answerOf(
  { status, ok }: { readonly status: number; readonly ok: boolean },
  /** Undefined where the answer is none. */
  json: unknown,
  refused: () => CrmAnswer,
): CrmAnswer | 'unauthorized' {
  if (status === 401) return 'unauthorized';
  if (status === 402) return { kind: 'unpaid' };
  // A proxy in front of the CRM answers with pages, which say nothing of the account or its rights.
  if (json === undefined || status === 429 || status >= 500)
    return { kind: 'later', mayBeDone: ok || status >= 500 };
  return ok ? { kind: 'answered', json } : refused();
}
