/** One question for a page, and Pipedrive's own answer to it. */
import { exchange, type Answered } from '../../http/exchange.ts';
import { NotSent, type Fetch } from '../../http/fetch.ts';
import type { AskedFor, PlainAnswer } from '../framed.ts';
import type { CrmAccess } from '../oauth.ts';
import { budgetGoneFor, secondsIn } from './budget.ts';

const PATIENCE_MILLISECONDS = 15_000;
/** The longest list has five hundred deals with all their fields. */
const LIMIT_BYTES = 16_000_000;
const SOON_SECONDS = 2;
/** Of a day that is used up, whose end was told to somebody else. */
const LATER_SECONDS = 60;

export async function askPlainly(
  fetch: Fetch,
  { host, token }: CrmAccess,
  { path, method = 'GET', body }: AskedFor,
  patience: AbortSignal,
): Promise<PlainAnswer> {
  try {
    const answer = await exchange(
      fetch,
      `https://${host}/api/${path}`,
      {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: {
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          'User-Agent': 'crm-chat-roles/1',
        },
      },
      { milliseconds: PATIENCE_MILLISECONDS, bytes: LIMIT_BYTES, unreadable: 'CRM_UNREACHABLE', patience },
    );
    return plainIn(answer);
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
  const json = text === '' ? null : jsonIn(text);
  // Who asks too much gets a page with 403 from the proxy in front of it.
  if (json === undefined && status === 403) return { kind: 'busy', seconds: SOON_SECONDS };
  if (json === undefined || status >= 500) return { kind: 'unreachable' };
  return { kind: 'answered', status, json };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
