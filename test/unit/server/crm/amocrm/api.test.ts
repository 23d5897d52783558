import { describe, expect, it } from 'vitest';
import { askCrm } from '../../../../../server/crm/amocrm/api.ts';
import type { CrmAnswer } from '../../../../../server/crm/api.ts';
import { NotSent, type Fetch } from '../../../../../server/http/fetch.ts';

const asked = (fetch: Fetch): Promise<CrmAnswer | 'unauthorized'> =>
  askCrm(fetch, { host: 'crm.amocrm.ru', token: 't' }, 'account', new AbortController().signal);
const answered = (status: number, body: string) => asked(async () => new Response(body, { status }));
const failed = (error: Error) =>
  asked(async () => {
    throw error;
  });
const problem = (detail: string): string => JSON.stringify({ detail });

describe('the outcome of a request that the CRM did not answer', () => {
  it('is "not done" when the request was not sent', async () => {
    expect(await failed(new NotSent('Held'))).toEqual({ kind: 'later', mayBeDone: false });
  });

  it('is open when the connection broke', async () => {
    expect(await failed(new TypeError('fetch failed'))).toEqual({ kind: 'later', mayBeDone: true });
  });

  it.each([
    [200, '<html>', true],
    [500, problem('ErrInternalServer'), true],
    [504, '<html>', true],
    [429, problem('Too many'), false],
    [429, '<html>', false],
    [403, '<html>', false],
  ])('is open after %i with %s or not: %s', async (status, body, mayBeDone) => {
    expect(await answered(status, body)).toEqual({ kind: 'later', mayBeDone });
  });
});

it.each([
  [403, problem('Access denied'), true],
  [400, problem('Код ошибки 244. Обратитесь в службу поддержки support@amocrm.ru'), true],
  [400, problem('Request validation failed'), false],
  [400, problem('Contact 12445 is not valid'), false],
  [422, '[]', false],
  [404, problem('Not found'), false],
])('a refusal with %i and %s is about rights: %s', async (status, body, lacksRights) => {
  expect(await answered(status, body)).toEqual({ kind: 'refused', status, lacksRights });
});

it('a blocked address is not a refusal of the request', async () => {
  expect(await answered(403, JSON.stringify({ code: 113 }))).toEqual({ kind: 'later' });
});
