/**
 * Paths of the CRM and addresses of the browser. They differ where the page stands in a folder of a static site and not
 * on a host name of its own.
 */
const base = (): string => document.documentElement.dataset['base'] ?? '';

/** The browser's address of a place in the CRM. */
export const addressOf = (path: string): string => base() + path;

/** The place in the CRM that an address leads to; undefined outside of it. */
export function pathAt(address: string): string | undefined {
  if (!address.startsWith(base())) return undefined;
  return address.slice(base().length) || '/';
}

/** Where the page is. */
export const currentPath = (): string => pathAt(location.pathname) ?? '/';
