/** The API of amoCRM and Kommo, version 4. */
import * as v from 'valibot';
import { exchange, type Answered } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';
import { jsonIn } from '../../http/json-in.ts';
import { answerOf } from '../answer-of.ts';
import type { CrmAnswer, Question } from '../api.ts';

const PATIENCE_MILLISECONDS = 15_000;
/** The longest list has 250 employees or contacts. */
const LIMIT_BYTES = 8_000_000;

/** One question with one token. */
export async function askCrm(
  fetch: Fetch,
  { host, token }: { readonly host: string; readonly token: string },
  question: Question | string,
  patience: AbortSignal,
): Promise<CrmAnswer | 'unauthorized'> {
  const {
    path,
    as,
    method = 'GET',
    body,
  }: Question = typeof question === 'string' ? { path: question } : question;
  let answer: Answered;
  try {
    answer = await exchange(
      fetch,
      `https://${host}/api/v4/${path}`,
      {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: {
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          Authorization: `Bearer ${token}`,
          'User-Agent': 'crm-chat-roles/1',
          ...(as !== undefined && { 'X-Context-User-ID': as }),
        },
      },
      { milliseconds: PATIENCE_MILLISECONDS, bytes: LIMIT_BYTES, unreadable: 'CRM_UNREACHABLE', patience },
    );
  } catch (error) {
    return { kind: 'later', mayBeDone: !(error instanceof NotSent) };
  }
  const { status, text } = answer;
  const json = jsonIn(text);
  return answerOf(answer, json, () =>
    v.is(addressRefused, json)
      ? { kind: 'later' }
      : { kind: 'refused', status, lacksRights: status === 403 || v.is(rightRefused, json) },
  );
}

/** An account may let in some network addresses alone. That says nothing about who asks. */
const addressRefused = v.object({ code: v.literal(113) });

/** A missing right comes as an error 400 with a number in its sentence, too. */
const rightRefused = v.object({ detail: v.pipe(v.string(), v.regex(/\b244\b/)) });

/** Only an administrator may list the employees. Null is no answer: the CRM checks the rights at each request all the same. */
export async function isAdministrator(
  fetch: Fetch,
  access: { readonly host: string; readonly token: string },
  patience: AbortSignal,
): Promise<boolean | null> {
  const listed = await askCrm(fetch, access, 'users?limit=1', patience);
  if (listed === 'unauthorized') return null;
  if (listed.kind === 'refused' && listed.status === 403) return false;
  return listed.kind === 'answered' ? true : null;
}
