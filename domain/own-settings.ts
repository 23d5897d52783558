/**
 * What the admin sets for everybody: one JSON string with a version in it. The server keeps it; the CRM's own field keeps the
 * server's address, and what earlier versions left there.
 */
export type OwnSettings = {
  /** Where the gateway in front of the chat service answers; empty until somebody connects. */
  readonly chatUrl: string;
  /** Employees who mean "nobody yet": their clients are free to take. */
  readonly standInOwners: readonly string[];
};

/** Never fails: what cannot be read counts as not set. */
export function readOwnSettings(text: string): OwnSettings {
  const value = storedFields(text);
  const chatUrl = 'chatUrl' in value && typeof value.chatUrl === 'string' ? value.chatUrl : '';
  const ids = storedOwners(value).filter(isId).map(String);
  return { chatUrl, standInOwners: [...new Set(ids)] };
}

/** All that the string holds, known to this version or not; nothing when it cannot be read. */
export function storedFields(text: string): object {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}

export const fieldsOf = (value: unknown): { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

export const storedOwners = (stored: object): readonly unknown[] =>
  'standInOwners' in stored && Array.isArray(stored.standInOwners) ? stored.standInOwners : [];

export const isId = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';
