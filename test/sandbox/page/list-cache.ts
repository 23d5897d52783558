/**
 * The CRM caches its list of widgets, including their settings, for half an hour in the browser. What an admin saves
 * reaches other people with that delay, unless the CRM answers some request with a newer version of its lists. The half
 * hour uses the world's clock, so tests need not wait for it.
 */
import type { Boot } from '../wire/boot.ts';

const KEPT = 30 * 60_000;
const PREFIX = 'integration_widgets:';

export type ListCache = {
  readonly read: (area: string, now: number) => unknown;
  readonly write: (area: string, now: number, list: unknown) => void;
  readonly clear: () => void;
};

/** `version` is the latest version of an area's list known to the page. */
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
