/** Pipedrive's formats of times: RFC 3339 in the newer API, without a zone in the older one, seconds in some hooks. */
import * as v from 'valibot';

const TEXT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:\d{2})?$/i;
/** The documentation of hooks promises ten characters. Milliseconds have thirteen. */
const LONGEST_SECONDS = 99_999_999_999;
/** Later values are not read as times. */
const LATEST = Date.UTC(9999, 0);

/** In milliseconds since the epoch. Null if the value is not a time. A time without a zone is UTC. */
export function momentIn(written: unknown): number | null {
  const number = typeof written === 'string' && /^\d{1,13}$/.test(written) ? Number(written) : written;
  const moment = typeof number === 'number' ? inMilliseconds(number) : momentInText(written);
  return Number.isFinite(moment) && moment >= 0 && moment <= LATEST ? Math.floor(moment) : null;
}

const inMilliseconds = (given: number): number => (given <= LONGEST_SECONDS ? given * 1000 : given);

function momentInText(written: unknown): number {
  const [, day, time, zone = 'Z'] = TEXT.exec(typeof written === 'string' ? written.trim() : '') ?? [];
  return day === undefined ? NaN : Date.parse(`${day}T${time}${zone}`);
}

/** A time, in milliseconds since the epoch. */
export const moment = v.pipe(
  v.union([v.string(), v.number()]),
  v.rawTransform<string | number, number>(({ dataset, addIssue, NEVER }) => {
    const found = momentIn(dataset.value);
    if (found !== null) return found;
    addIssue({ message: 'No moment' });
    return NEVER;
  }),
);

export const rfc3339 = (seconds: number): string =>
  new Date(Math.floor(seconds) * 1000).toISOString().replace('.000Z', 'Z');

/** An activity is due on a day and at a time of day, both in UTC. */
export const dueAt = (seconds: number): { readonly due_date: string; readonly due_time: string } => {
  const [due_date = '', due_time = ''] = rfc3339(seconds).replace('Z', '').split('T');
  return { due_date, due_time };
};
