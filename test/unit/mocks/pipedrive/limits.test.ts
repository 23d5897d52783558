/** The limits of requests, and the API's answers beyond them. */
import { describe, expect, it } from 'vitest';
import { connectedPipedrive, pipedrivePair } from '../../../support/listening-pipedrive.ts';
import { SELLER_A } from '../../../world/people.ts';

const ME = 'GET /api/v1/users/me';
const limited = async (draft = {}) => {
  const stage = await connectedPipedrive(undefined, draft);
  stage.company.limits.areOn = true;
  return stage;
};

describe('requests', () => {
  it('are limited for each token in two seconds, independently of other tokens', async () => {
    const stage = await limited({ plan: 'lite' });
    const theirs = await pipedrivePair(stage, SELLER_A);
    for (let count = 0; count < 80; count += 1) await stage.ask(ME);
    const refused = await stage.ask(ME);
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
    expect(refused.headers.get('x-ratelimit-limit')).toBe('80');
    expect((await stage.ask(ME, { pair: theirs })).status).toBe(200);
    stage.world.clock.advance(2000);
    expect((await stage.ask(ME)).status).toBe(200);
  });

  it('are limited to ten for searches', async () => {
    const { ask } = await limited();
    const statuses = [];
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await ask('GET /api/v2/persons/search?term=Anna')).status);
    }
    expect(statuses.slice(-2)).toEqual([200, 429]);
    expect((await ask(ME)).status).toBe(200);
  });

  it('are counted, but refused only when the limits are switched on', async () => {
    const { company, ask } = await connectedPipedrive();
    company.limits.spend(company.limits.tokensADay());
    const answered = await ask(ME);
    expect([answered.status, answered.headers.get('x-daily-ratelimit-token-remaining')]).toEqual([200, '0']);
  });
});

describe('the daily budget', () => {
  it('grows with the seats, and each call has its own cost', async () => {
    const { company, ask } = await limited({ plan: 'lite', size: 5 });
    expect(company.limits.tokensADay()).toBe(150_000);
    await ask('GET /api/v1/users');
    await ask(ME);
    expect(company.limits.tokensLeft()).toBe(150_000 - 22);
  });

  it('is shared by the company: once it is used up, all requests are refused until midnight', async () => {
    const { world, company, ask } = await limited();
    company.limits.spend(company.limits.tokensADay());
    const refused = await ask(ME);
    expect([refused.status, refused.headers.get('x-daily-ratelimit-token-remaining')]).toEqual([429, '0']);
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String(15 * 3600));
    world.clock.advance(15 * 3_600_000);
    const pair = await pipedrivePair({ world, company, ask });
    expect((await ask(ME, { pair })).status).toBe(200);
  });

  it.each([true, false])('is shown in headers: %s', async dailyHeaders => {
    const { world, ask } = await limited();
    world.pipedrive.oddities.dailyHeaders = dailyHeaders;
    expect((await ask(ME)).headers.has('x-daily-ratelimit-token-limit')).toBe(dailyHeaders);
  });

  it.each([null, 3])('has a refusal with Retry-After: %s', async retryAfterSeconds => {
    const { world, ask } = await limited();
    world.pipedrive.oddities.retryAfterSeconds = retryAfterSeconds;
    for (let count = 0; count < 160; count += 1) await ask(ME);
    const seen = (await ask(ME)).headers.get('Retry-After');
    expect(seen).toBe(retryAfterSeconds === null ? null : '3');
  });
});

describe('a client that keeps asking after refusals', () => {
  it('gets a 403 with an HTML page for a while', async () => {
    const { world, ask } = await limited({ plan: 'lite' });
    for (let count = 0; count < 180; count += 1) await ask(ME);
    const refused = await ask(ME);
    expect([refused.status, refused.headers.get('Content-Type')]).toEqual([403, 'text/html; charset=UTF-8']);
    world.clock.advance(60_000);
    expect((await ask(ME)).status).toBe(200);
  });
});
