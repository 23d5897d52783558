/**
 * The demo's addresses. It may lie in any folder of any site. Under that folder each person has a folder of his own,
 * which stands for his host name; what his pages ask for by a path of the CRM is told apart by who refers to it. The
 * demo's own files are `index.html`, `worker.js` and all under `files/`.
 */
import type { Addresses } from '../addresses.ts';

/** Folder → the host name that the sandbox knows the site by. */
const HOSTS: Readonly<Record<string, string>> = {
  office: 'crm.localhost',
  'seller-a': 'seller-a.crm.localhost',
  'seller-b': 'seller-b.crm.localhost',
  chats: 'chats.localhost',
};

/** Nobody is there: what is sent to it never leaves the browser. */
export const GATEWAY = 'https://gateway.example';
export const CHAT_SERVICE = {
  api: 'https://api.wazzup24.com',
  settings: 'https://tech.wazzup24.com',
} as const;

/** `folder`: the address of the demo's folder, with a slash at its end. */
export function siteOfAddress(folder: string, address: string): { name: string; path: string } | undefined {
  const inside = address.startsWith(folder) ? address.slice(folder.length) : '';
  const [, name = '', path = ''] = /^([\w-]+)(\/.*)?$/.exec(inside) ?? [];
  return name in HOSTS ? { name, path: path || '/' } : undefined;
}

/** The address by which the sandbox knows what is asked for; undefined when it is not the sandbox's to answer. */
export function virtualAddress(folder: string, address: string, referrer: string): string | undefined {
  const { origin, pathname, search } = new URL(address);
  const { gateway, services } = { gateway: GATEWAY, services: Object.values<string>(CHAT_SERVICE) };
  if (origin === gateway) return `http://gateway.localhost${pathname}${search}`;
  if (services.includes(origin)) return address;
  if (origin !== new URL(folder).origin || isOwnFile(folder, address)) return undefined;
  const named = siteOfAddress(folder, address);
  if (named) return `http://${HOSTS[named.name]}${named.path}`;
  const from = siteOfAddress(folder, referrer)?.name ?? 'office';
  return `http://${HOSTS[from]}${pathname}${search}`;
}

function isOwnFile(folder: string, address: string): boolean {
  const inside = address.startsWith(folder) ? address.slice(folder.length).replace(/[?#].*$/, '') : undefined;
  return inside !== undefined && (/^(index\.html|worker\.js)?$/.test(inside) || inside.startsWith('files/'));
}

/** The folder of a site by its host name. */
export const folderOfHost = (folder: string, host: string): string =>
  folder + (Object.keys(HOSTS).find(name => HOSTS[name] === host) ?? 'office');

export function addressesIn(folder: string): Addresses {
  return {
    person: person => folder + person,
    crm: [new URL(folder).origin],
    gateway: GATEWAY,
    chats: `${folder}chats`,
    base: ({ url }) => new URL(folderOfHost(folder, new URL(url).hostname)).pathname,
  };
}
