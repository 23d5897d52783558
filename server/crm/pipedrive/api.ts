/** Pipedrive's API. What its answers mean is the same in both of its versions. */
import * as v from 'valibot';
import type { Answered } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';
import { jsonIn } from '../../http/json-in.ts';
import { answerOf } from '../answer-of.ts';
import type { CrmAnswer, Question } from '../api.ts';
import type { CrmAccess } from '../oauth.ts';
import { requested } from './request.ts';

/**
 * One question with one token. Whose token that is decides what is shown and done, so `as` says nothing here: whoever asks has
 * chosen that employee's token.
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
    answer = await requested(fetch, access, asked, patience);
  } catch (error) {
    return { kind: 'later', mayBeDone: !(error instanceof NotSent) };
  }
  const { status, text } = answer;
  const json = jsonIn(text);
  return answerOf(answer, json, () => ({
    kind: 'refused',
    status,
    lacksRights: status === 403 && !v.is(nobodysRight, json),
  }));
}

/** The app was not given a scope, or the company's plan has run out of something: no right of whoever asks would help. */
const nobodysRight = v.union([
  v.object({ error: v.pipe(v.string(), v.regex(/scope and url mismatch/i)) }),
  v.object({ error: v.pipe(v.string(), v.startsWith('feature_capping_')) }),
  v.object({ code: v.pipe(v.string(), v.startsWith('feature_capping_')) }),
]);
