/** What the admin sets for everybody and the CRM keeps for us: one JSON string with a version in it. */
export type OwnSettings = {
  /** Where the gateway in front of the chat service answers; empty until somebody connects. */
  readonly chatUrl: string;
  /** Employees who mean "nobody yet": their clients are free to take. */
  readonly standInOwners: readonly string[];
};

const NOTHING_SET: OwnSettings = { chatUrl: '', standInOwners: [] };

/** Whatever the string has become, an answer comes: what cannot be read counts as not set. */
export function readOwnSettings(text: string): OwnSettings {
  const value = parsed(text);
  const chatUrl = 'chatUrl' in value && typeof value.chatUrl === 'string' ? value.chatUrl : '';
  const standInOwners =
    'standInOwners' in value && Array.isArray(value.standInOwners)
      ? value.standInOwners.filter(id => typeof id === 'string')
      : [];
  return { ...NOTHING_SET, chatUrl, standInOwners };
}

/** Fields that a later version of the widget has put there are kept as they are. */
export function writeOwnSettings(settings: OwnSettings, before: string): string {
  return JSON.stringify({ v: 1, ...parsed(before), ...settings });
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/**
 * The address of a gateway as a person typed or pasted it, or `null`. Only https, because a signed token
 * travels there; plain http is for a gateway on the developer's own machine.
 */
export function gatewayAddress(typed: string): string | null {
  const address = addressOf(typed.trim());
  if (!address || address.username || address.search || address.hash) return null;
  const isLocal = address.hostname === 'localhost' || address.hostname.endsWith('.localhost');
  if (!isLocal && (address.protocol !== 'https:' || !address.hostname.includes('.'))) return null;
  return `${address.origin}${address.pathname}`.replace(/\/$/, '');
}

function addressOf(written: string): URL | null {
  try {
    return new URL(/^https?:\/\//.test(written) ? written : `https://${written}`);
  } catch {
    return null;
  }
}
