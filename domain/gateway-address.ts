import { webAddress } from './web-address.ts';

/**
 * Reads the address of a gateway as an admin typed or pasted it; `null` if it is not valid. Only https is accepted,
 * because a signed token is sent there. Plain http is allowed for a gateway on the developer's own machine.
 */
export function gatewayAddress(typed: string): string | null {
  const written = typed.trim();
  const address = webAddress(/^https?:\/\//i.test(written) ? written : `https://${written}`);
  if (!address || address.username || address.search || address.hash) return null;
  const isLocal = address.hostname === 'localhost' || address.hostname.endsWith('.localhost');
  if (!isLocal && (address.protocol !== 'https:' || !address.hostname.includes('.'))) return null;
  return `${address.origin}${address.pathname}`.replace(/\/$/, '');
}

/**
 * Chooses the gateway: the account's own, or the package's default if the account has set none. A saved value that is
 * not a valid gateway address receives no token, and the default does not replace it.
 */
export const chosenGateway = (saved: string, usual: string): string =>
  saved === '' ? usual : (gatewayAddress(saved) ?? '');
