/** The API of amoCRM and Kommo, version 4. */
import * as v from 'valibot';
import { exchange, type Answered } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';
import { jsonIn } from '../../http/json-in.ts';
import type { CrmAnswer, Question } from '../api.ts';

const PATIENCE_MILLISECONDS = 15_000;
/** The longest list has 250 employees or contacts. */
const LIMIT_BYTES = 8_000_000;

/** Asks one question with one token. */
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
  if (status === 401) return 'unauthorized';
  if (status === 402) return { kind: 'unpaid' };
  const json = jsonIn(text);
  // A proxy in front of the CRM answers with pages. They say nothing of the account or its rights.
  if (json === undefined || status === 429 || status >= 500)
    return { kind: 'later', mayBeDone: answer.ok || status >= 500 };
  if (answer.ok) return { kind: 'answered', json };
  if (v.is(addressRefused, json)) return { kind: 'later' };
  return { kind: 'refused', status, lacksRights: status === 403 || v.is(rightRefused, json) };
}

/** An account may admit only some network addresses. Such a refusal says nothing about the person's rights. */
const addressRefused = v.object({ code: v.literal(113) });

/** A missing right may also come as an error 400 with a number in its text. */
const rightRefused = v.object({ detail: v.pipe(v.string(), v.regex(/\b244\b/)) });

/** Only an administrator may list the employees. Null where the CRM does not answer. It checks rights at each request anyway. */
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
