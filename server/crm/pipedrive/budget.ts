/**
 * Each company has so many tokens a day for all of its apps, and each question costs some. Once they are gone, everything is
 * answered with 429 until the CRM's midnight, and who goes on asking is shut out. How the CRM tells that it is the day's budget
 * and not the moment's it does not document, so that is inferred here alone.
 */
const LONG_SECONDS = 60;
/** For as long nothing is asked when the CRM does not say until when. */
const USUAL_SECONDS = 300;

/** Until when nothing is asked, in seconds, because the day's budget is gone; null for any other answer. */
export function budgetGoneFor({ status, headers }: Pick<Response, 'status' | 'headers'>): number | null {
  if (status !== 429) return null;
  const reset = secondsIn(headers);
  if (headers.get('x-daily-ratelimit-token-remaining') === '0') return Math.max(reset, USUAL_SECONDS);
  return reset > LONG_SECONDS ? reset : null;
}

/** After how many seconds the CRM says that it can be asked again; 0 where it does not say. */
export function secondsIn(headers: Headers): number {
  const seconds = Number(headers.get('Retry-After') ?? headers.get('x-ratelimit-reset'));
  return seconds > 0 && seconds < 86_400 * 2 ? Math.ceil(seconds) : 0;
}
