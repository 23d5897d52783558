/**
 * How the API reports its limits: headers on every answer; 429 for two limits, which the status does not distinguish;
 * then Cloudflare's block.
 */
import type { Company } from '../../world/pipedrive/company.ts';
import type { OverLimit } from '../../world/pipedrive/limits.ts';
import type { World } from '../../world/world.ts';
import { cloudflare, overLimit } from './problem.ts';

const WINDOW_SECONDS = '2';

export function limitHeaders({ pipedrive }: World, { limits }: Company, who: string): Record<string, string> {
  const { limit, left } = limits.burst(who);
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-reset': WINDOW_SECONDS,
    ...(pipedrive.oddities.dailyHeaders && {
      'x-daily-ratelimit-token-limit': String(limits.tokensADay()),
      'x-daily-ratelimit-token-remaining': String(limits.tokensLeft()),
    }),
  };
}

export function limited(world: World, company: Company, who: string, why: OverLimit): Response {
  if (why === 'abuse') return cloudflare();
  const { dailyHeaders, retryAfterSeconds } = world.pipedrive.oddities;
  const isDay = why === 'day';
  const until = isDay ? String(company.limits.secondsToMidnight()) : WINDOW_SECONDS;
  return overLimit({
    ...limitHeaders(world, company, who),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': until,
    ...(isDay && dailyHeaders && { 'x-daily-ratelimit-token-remaining': '0' }),
    ...(retryAfterSeconds !== null && { 'Retry-After': isDay ? until : String(retryAfterSeconds) }),
  });
}
