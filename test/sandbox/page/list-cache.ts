/**
 * The CRM keeps its list of widgets, their settings with it, for half an hour in the browser. What an admin
 * saves reaches other people that late, unless the CRM answers some request with a newer version of its lists. The half
 * hour is the world's, so a test need not wait for it.
 */
import type { Boot } from '../wire/boot.ts';

const KEPT = 30 * 60_000;
const PREFIX = 'integration_widgets:';

export type ListCache = {
  readonly read: (area: string, now: number) => unknown;
  readonly write: (area: string, now: number, list: unknown) => void;
  readonly clear: () => void;
};

/** `version`: that of an area's list, as the page has heard of it last. */
export function createListCache(
  { me, frontVersion }: Boot,
  version: (area: string) => string | undefined,
): ListCache {
  const key = (area: string): string => `${PREFIX}${me.id}:${frontVersion}:${version(area) ?? ''}:${area}`;
  return {
    read(area, now) {
      const kept: unknown = JSON.parse(localStorage.getItem(key(area)) ?? 'null');
      if (typeof kept !== 'object' || kept === null) return undefined;
      return Number(Reflect.get(kept, 'at')) + KEPT > now ? Reflect.get(kept, 'list') : undefined;
    },
    write: (area, now, list) => localStorage.setItem(key(area), JSON.stringify({ at: now, list })),
    clear: () =>
      Object.keys(localStorage)
        .filter(name => name.startsWith(PREFIX))
        .forEach(name => localStorage.removeItem(name)),
  };
}
