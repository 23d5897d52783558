import { describe, expect, it } from 'vitest';
import { askPipedrive } from '../../../../../server/crm/pipedrive/api.ts';
import type { CrmAnswer, Question } from '../../../../../server/crm/api.ts';
import { NotSent, type Fetch } from '../../../../../server/http/fetch.ts';
import { forever } from './scripted.ts';

const asked = (
  fetch: Fetch,
  question: Question | string = 'v1/users/me',
): Promise<CrmAnswer | 'unauthorized'> =>
  askPipedrive(fetch, { host: 'acme.pipedrive.com', token: 't' }, question, forever);
const answeredBy = (status: number, body: string) => asked(async () => new Response(body, { status }));
const failed = (error: Error) =>
  asked(async () => {
    throw error;
  });
const problem = (error: string): string => JSON.stringify({ success: false, error });

describe('a request to Pipedrive', () => {
  it('goes to the company’s own host, with the token and strict JSON', async () => {
    const requests: Request[] = [];
    const question: Question = { path: 'v2/persons/77', method: 'PATCH', body: { owner_id: 34 }, as: '34' };
    await asked(async request => {
      requests.push(request);
      return Response.json({ success: true, data: {} });
    }, question);
    const [request] = requests;
    expect(request?.url).toBe('https://acme.pipedrive.com/api/v2/persons/77');
    expect(request?.headers.get('Authorization')).toBe('Bearer t');
    expect(request?.headers.get('Content-Type')).toBe('application/json');
    expect(await request?.json()).toEqual({ owner_id: 34 });
  });

  it('with an invalid token is unauthorized, which is no refusal', async () => {
    const body = problem('Invalid token: access_token is invalid');
    expect(await answeredBy(401, body)).toBe('unauthorized');
  });

  it('to a closed company is unpaid', async () => {
    expect(await answeredBy(402, problem('Company is not open'))).toEqual({ kind: 'unpaid' });
  });
});

describe('the outcome of a request that Pipedrive did not answer', () => {
  it('is "not done" when the request was not sent', async () => {
    expect(await failed(new NotSent('Held'))).toEqual({ kind: 'later', mayBeDone: false });
  });

  it('is open when the connection broke', async () => {
    expect(await failed(new TypeError('fetch failed'))).toEqual({ kind: 'later', mayBeDone: true });
  });

  it.each([
    [200, '<html>', true],
    [500, problem('Internal'), true],
    [503, '<html>', true],
    [429, problem('request over limit'), false],
    [429, '<html>', false],
    [403, '<!DOCTYPE html><title>Just a moment...</title>', false],
  ])('is open after %i with %s or not: %s', async (status, body, mayBeDone) => {
    expect(await answeredBy(status, body)).toEqual({ kind: 'later', mayBeDone });
  });
});

it.each([
  [403, problem('You do not have permission to change the owner.'), true],
  [403, JSON.stringify({ success: false, message: 'Forbidden' }), true],
  [403, problem('Scope and URL mismatch'), false],
  [403, JSON.stringify({ success: false, error: 'Limit', code: 'feature_capping_deals_limit' }), false],
  [400, problem('Validation failed'), false],
  [404, problem('Person not found'), false],
])('a refusal with %i and %s is about the person’s rights: %s', async (status, body, lacksRights) => {
  expect(await answeredBy(status, body)).toEqual({ kind: 'refused', status, lacksRights });
});
