/**
 * Own settings as this browser knows them: what the server said last, or what the CRM's field holds as long as the server
 * has said nothing. A card opens with them and asks nobody. The address of the server is always the field's.
 */
import { allowed, storageKey } from '../browser/storage.ts';
import type { HostPage } from '../host/host.ts';

type Page = Pick<HostPage, 'account' | 'me' | 'ownSettings'>;

const keyOf = ({ account, me }: Page): string => storageKey('own', { account: account.id, person: me.id });

/** `version` is "0" as long as the server has said nothing. */
export function cachedOwn(page: Page): { readonly version: string; readonly text: string } {
  const kept = allowed(() => localStorage.getItem(keyOf(page))) ?? '';
  const [, version = '0', text = page.ownSettings()] = /^(\d+) (.*)$/s.exec(kept) ?? [];
  return { version, text };
}

/** Answers with what is known from now on. */
export function cacheOwn(
  page: Page,
  { version, settings }: { readonly version: string; readonly settings: object | null },
): string {
  if (!settings) return page.ownSettings();
  const text = JSON.stringify(settings);
  // Where it cannot be kept, it holds for as long as the page lives.
  allowed(() => localStorage.setItem(keyOf(page), `${version} ${text}`));
  return text;
}
