/** What the admin sets for everybody and the CRM keeps for us: one JSON string with a version in it. */
export type OwnSettings = {
  /** Where the gateway in front of the chat service answers; empty until somebody connects. */
  readonly chatUrl: string;
  /** Employees who mean "nobody yet": their clients are free to take. */
  readonly standInOwners: readonly string[];
};

const VERSION = 1;
const NOTHING_SET: OwnSettings = { chatUrl: '', standInOwners: [] };

/** Whatever the string has become, an answer comes: what cannot be read counts as not set. */
export function readOwnSettings(text: string): OwnSettings {
  const value = storedFields(text);
  const chatUrl = 'chatUrl' in value && typeof value.chatUrl === 'string' ? value.chatUrl : '';
  const standInOwners =
    'standInOwners' in value && Array.isArray(value.standInOwners)
      ? value.standInOwners.filter(id => typeof id === 'string')
      : [];
  return { ...NOTHING_SET, chatUrl, standInOwners };
}

/** The string with these fields put in. Whatever else is there stays, a later version's fields and number too. */
export function withOwnSettings(text: string, fields: object): string {
  const stored = storedFields(text);
  const isLater = 'v' in stored && typeof stored.v === 'number' && stored.v > VERSION;
  return JSON.stringify({ ...stored, ...fields, v: isLater ? stored.v : VERSION });
}

/** All that the string holds, known to this version or not; nothing when it cannot be read. */
export function storedFields(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
