/**
 * The host names of an emulated Pipedrive, all on the sandbox's port: `seller-a.acme.pipedrive.localhost` has a company's
 * pages as that person sees them, `acme.pipedrive.localhost` has them for the person who was logged in last, and
 * `oauth.pipedrive.localhost` has the consent page.
 */
import type { Company } from '../../world/pipedrive/company.ts';
import { PEOPLE, type Person } from '../addresses.ts';

const ZONE = 'pipedrive.localhost';

/** One login here is valid for all of these hosts. */
export const COOKIE_DOMAIN = ZONE;
export const OAUTH_HOST = `oauth.${ZONE}`;

const isPerson = (name: string): name is Person => Object.hasOwn(PEOPLE, name);

export const companyOrigin = ({ domain }: Pick<Company, 'domain'>, port: number): string =>
  `http://${domain}.${ZONE}:${port}`;

export const pagesOrigin = ({ domain }: Pick<Company, 'domain'>, person: Person, port: number): string =>
  `http://${person}.${domain}.${ZONE}:${port}`;

/** The company and the person of a page. Undefined if the host name contains neither. */
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
