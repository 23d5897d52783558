/**
 * The host names of an emulated Pipedrive, all on the sandbox's port: `seller-a.acme.pipedrive.localhost` is a company's pages
 * with that person in front of the screen, `acme.pipedrive.localhost` the same with whoever was there last, and
 * `oauth.pipedrive.localhost` the page on which people allow apps.
 */
import type { Company } from '../../world/pipedrive/company.ts';
import { PEOPLE, type Person } from '../addresses.ts';

const ZONE = 'pipedrive.localhost';

/** Where people log in once for all of them. */
export const COOKIE_DOMAIN = ZONE;
export const OAUTH_HOST = `oauth.${ZONE}`;

const isPerson = (name: string): name is Person => Object.hasOwn(PEOPLE, name);

export const companyOrigin = ({ domain }: Pick<Company, 'domain'>, port: number): string =>
  `http://${domain}.${ZONE}:${port}`;

export const pagesOrigin = ({ domain }: Pick<Company, 'domain'>, person: Person, port: number): string =>
  `http://${person}.${domain}.${ZONE}:${port}`;

/** Of which company the page is, and who sits in front of it; undefined where the name says neither. */
export function placeOf(
  hostname: string,
): { readonly domain: string; readonly person: Person | undefined } | undefined {
  if (!hostname.endsWith(`.${ZONE}`)) return undefined;
  const [first = '', second, ...rest] = hostname.slice(0, -`.${ZONE}`.length).split('.');
  if (second === undefined) return { domain: first, person: undefined };
  return rest.length === 0 && isPerson(first) ? { domain: second, person: first } : undefined;
}

export const personWith = (employeeId: number): Person | undefined =>
  Object.keys(PEOPLE)
    .filter(isPerson)
    .find(person => PEOPLE[person].employeeId === employeeId);
