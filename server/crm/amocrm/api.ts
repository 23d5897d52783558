/** The CRM's API. What the CRM answers is told by what follows from it. */
import * as v from 'valibot';
import { exchange, type Answered } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';

export type CrmAnswer =
  /** Null where the CRM has nothing to tell (204). */
  | { readonly kind: 'answered'; readonly json: unknown }
  /** The CRM's own no, about this question alone; `lacksRights`: because whoever asks may not. */
  | { readonly kind: 'refused'; readonly status: number; readonly lacksRights: boolean }
  /** No grant of the account is taken any more. */
  | { readonly kind: 'needs-reauth' }
  /** The account has not paid the CRM: all is kept until it has. */
  | { readonly kind: 'unpaid' }
  /**
   * It cannot be asked now: no answer, too many questions, or a page in place of an answer. `mayBeDone`: what was asked for may
   * have been done all the same, or may be yet.
   */
  | { readonly kind: 'later'; readonly mayBeDone?: boolean };

export type Question = {
  /** Follows "/api/v4/". */
  readonly path: string;
  /** The employee whose sight the answer keeps to. */
  readonly as?: string | undefined;
  /** GET by default. Whoever sends anything twice makes sure that it does the same as once. */
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | undefined;
  readonly body?: unknown;
};

/** Asked as the account itself. */
export type CrmApi = {
  /** Another administrator's grant is tried when one is not taken any more. */
  readonly ask: (accountId: string, question: Question | string, patience: AbortSignal) => Promise<CrmAnswer>;
};

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
  if (status === 401) return 'unauthorized';
  if (status === 402) return { kind: 'unpaid' };
  const json = text === '' ? null : jsonIn(text);
  // A proxy in front of the CRM answers with pages, which say nothing of the account or its rights.
  if (json === undefined || status === 429 || status >= 500)
    return { kind: 'later', mayBeDone: answer.ok || status >= 500 };
  if (answer.ok) return { kind: 'answered', json };
  if (v.is(addressRefused, json)) return { kind: 'later' };
  return { kind: 'refused', status, lacksRights: status === 403 || v.is(rightRefused, json) };
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

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
