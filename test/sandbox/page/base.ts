/**
 * Converts between paths of the CRM and addresses of the browser. They differ if the page is in a folder of a static
 * site instead of on its own host name.
 */
const base = (): string => document.documentElement.dataset['base'] ?? '';

/** The browser's address of a path in the CRM. */
export const addressOf = (path: string): string => base() + path;

/** The CRM's path of an address; undefined outside the CRM. */
export function pathAt(address: string): string | undefined {
  if (!address.startsWith(base())) return undefined;
  return address.slice(base().length) || '/';
}

/** The current path. */
export const currentPath = (): string => pathAt(location.pathname) ?? '/';
