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

/** The string with these fields put in. Whatever else is there stays, a later version's fields too. */
export const withOwnSettings = (text: string, fields: object): string =>
  JSON.stringify({ v: 1, ...parsed(text), ...fields });

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
