/** Sends one request for a page and returns Pipedrive's own answer. */
import type { Answered } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';
import { jsonIn } from '../../http/json-in.ts';
import type { AskedFor, PlainAnswer } from '../framed.ts';
import type { CrmAccess } from '../oauth.ts';
import { budgetGoneFor, secondsIn } from './budget.ts';
import { sendRequest } from './request.ts';

const SOON_SECONDS = 2;
/** Used when the daily budget is gone. The answer with the exact time went to another request. */
const LATER_SECONDS = 60;

export async function askPlainly(
  fetch: Fetch,
  access: CrmAccess,
  asked: AskedFor,
  patience: AbortSignal,
): Promise<PlainAnswer> {
  try {
    return plainIn(await sendRequest(fetch, access, asked, patience));
  } catch (error) {
    if (!(error instanceof NotSent)) return { kind: 'unreachable' };
    return error.isBudgetGone
      ? { kind: 'budget-gone', seconds: LATER_SECONDS }
      : { kind: 'busy', seconds: SOON_SECONDS };
  }
}

function plainIn({ status, headers, text }: Answered): PlainAnswer {
  if (status === 401) return { kind: 'unauthorized' };
  const goneFor = budgetGoneFor({ status, headers });
  if (goneFor !== null) return { kind: 'budget-gone', seconds: goneFor };
  if (status === 429) return { kind: 'busy', seconds: secondsIn(headers) || SOON_SECONDS };
  const json = jsonIn(text);
  // The proxy in front of the CRM answers 403 with an HTML page to clients that ask too much.
  if (json === undefined && status === 403) return { kind: 'busy', seconds: SOON_SECONDS };
  if (json === undefined || status >= 500) return { kind: 'unreachable' };
  return { kind: 'answered', status, json };
}
