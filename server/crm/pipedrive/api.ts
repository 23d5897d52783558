/** Pipedrive's API. Status codes mean the same in both of its versions. */
import * as v from 'valibot';
import type { Answered } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';
import { jsonIn } from '../../http/json-in.ts';
import type { CrmAnswer, Question } from '../api.ts';
import type { CrmAccess } from '../oauth.ts';
import { budgetGoneFor, daysBudgetIn } from './budget.ts';
import { sendRequest } from './request.ts';

/**
 * Sends one question with one token. The token decides what is shown and allowed. So `as` is ignored here: the caller has
 * already chosen that employee's token.
 */
export async function askPipedrive(
  fetch: Fetch,
  access: CrmAccess,
  question: Question | string,
  patience: AbortSignal,
): Promise<CrmAnswer | 'unauthorized'> {
  const asked: Question = typeof question === 'string' ? { path: question } : question;
  let answer: Answered;
  try {
    answer = await sendRequest(fetch, access, asked, patience);
  } catch (error) {
    if (error instanceof NotSent && error.isBudgetGone) return { kind: 'budget-gone' };
    return { kind: 'later', mayBeDone: !(error instanceof NotSent) };
  }
  const { status, text } = answer;
  if (budgetGoneFor(answer) !== null) return { kind: 'budget-gone' };
  if (status === 401) return 'unauthorized';
  if (status === 402) return { kind: 'unpaid' };
  const json = jsonIn(text);
  // The proxy in front of the CRM answers 403 with an HTML page to clients that ask too much. That is not about rights.
  if (json === undefined || status === 429 || status >= 500)
    return { kind: 'later', mayBeDone: answer.ok || status >= 500 };
  if (answer.ok) return { kind: 'answered', json, ...daysBudgetIn(answer.headers) };
  return { kind: 'refused', status, lacksRights: status === 403 && !v.is(nobodysRight, json) };
}

/** The app lacks a scope, or the company's plan is at a limit. The person's rights do not matter. */
const nobodysRight = v.union([
  v.object({ error: v.pipe(v.string(), v.regex(/scope and url mismatch/i)) }),
  v.object({ error: v.pipe(v.string(), v.startsWith('feature_capping_')) }),
  v.object({ code: v.pipe(v.string(), v.startsWith('feature_capping_')) }),
]);
