/** What the status of an answer means in every CRM. The sentences of a refusal are each CRM's own. */
import type { Answered } from '../http/exchange.ts';
import { jsonIn } from '../http/json-in.ts';
import type { CrmAnswer } from './api.ts';

export function answerOf(
  { status, text, ok }: Answered,
  refused: (json: unknown) => CrmAnswer,
): CrmAnswer | 'unauthorized' {
  if (status === 401) return 'unauthorized';
  if (status === 402) return { kind: 'unpaid' };
  const json = jsonIn(text);
  // A proxy in front of the CRM answers with pages, which say nothing of the account or its rights.
  if (json === undefined || status === 429 || status >= 500)
    return { kind: 'later', mayBeDone: ok || status >= 500 };
  return ok ? { kind: 'answered', json } : refused(json);
}
