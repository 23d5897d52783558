/** A time as people say it: "today" and "14:05", "yesterday", or the date; in the reader's time zone. */
export function whenOf(
  at: number,
  now: number,
  locale: string,
): { readonly day: string; readonly time: string } {
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  const day =
    days === 0 || days === -1
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
      : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(at);
  return { day, time: new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at) };
}

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** "3 minutes ago", "this minute". */
export function agoOf(ms: number, locale: string): string {
  const minutes = Math.max(Math.floor(ms / 60_000), 0);
  const hours = Math.floor(minutes / 60);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return hours > 0 ? format.format(-hours, 'hour') : format.format(-minutes, 'minute');
}
