import { webAddress } from './web-address.ts';

/**
 * The address of a gateway as a person typed or pasted it, or `null`. Only https, because a signed token
 * travels there; plain http is for a gateway on the developer's own machine.
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
 * Which gateway is asked: the account's own, or the package's where it has set none. What was saved and is no address of
 * a gateway gets no token, and no other takes its place.
 */
export const chosenGateway = (saved: string, usual: string): string =>
  saved === '' ? usual : (gatewayAddress(saved) ?? '');
