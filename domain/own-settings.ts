/**
 * The settings that admins make for the whole account: one JSON string that contains a version. The server stores it.
 * The CRM's own field stores the server's address and values left by earlier versions.
 */
export type OwnSettings = {
  /** The address of the gateway in front of the chat service; empty until an admin connects one. */
  readonly chatUrl: string;
  /** Employees who stand for "no owner yet". Their clients are free to take. */
  readonly standInOwners: readonly string[];
};

/** Never fails: a value that cannot be read counts as not set. */
export function readOwnSettings(text: string): OwnSettings {
  const value = storedFields(text);
  const chatUrl = 'chatUrl' in value && typeof value.chatUrl === 'string' ? value.chatUrl : '';
  const ids = storedOwners(value).filter(isId).map(String);
  return { chatUrl, standInOwners: [...new Set(ids)] };
}

/** All fields of the string, including those unknown to this version; empty if the string cannot be read. */
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
