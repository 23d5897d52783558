/**
 * The own settings known to this browser: the server's last answer, or the CRM's field until the server has answered. A
 * card opens with them without a request. The server's address always comes from the field.
 */
import { allowed, storageKey } from '../browser/storage.ts';
import type { HostPage } from '../host/host.ts';

type Page = Pick<HostPage, 'account' | 'me' | 'ownSettings'>;

const keyOf = ({ account, me }: Page): string => storageKey('own', { account: account.id, person: me.id });

/** `version` is "0" until the server has answered. */
export function cachedOwn(page: Page): { readonly version: string; readonly text: string } {
  const kept = allowed(() => localStorage.getItem(keyOf(page))) ?? '';
  const [, version = '0', text = page.ownSettings()] = /^(\d+) (.*)$/s.exec(kept) ?? [];
  return { version, text };
}

/** Returns the settings that are known from now on. */
export function cacheOwn(
  page: Page,
  { version, settings }: { readonly version: string; readonly settings: object | null },
): string {
  if (!settings) return page.ownSettings();
  const text = JSON.stringify(settings);
  // If the browser cannot store them, they last as long as the page.
  allowed(() => localStorage.setItem(keyOf(page), `${version} ${text}`));
  return text;
}
