/**
 * The stored form of a sealed record: a JWE, encrypted and bound to its purpose, so that it cannot be opened for another one.
 */
import { base64url, FlattenedEncrypt, flattenedDecrypt } from 'jose';
import * as v from 'valibot';

export class Unopenable extends Error {
  override name = 'Unopenable';
}

/** `wraps: true`: each record has its own key, wrapped by this one, and the record names this one. */
export type SealingKey =
  | { readonly wraps: true; readonly id: string; readonly key: Uint8Array }
  | { readonly wraps: false; readonly key: CryptoKey };

const form = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    header: v.exactOptional(v.object({ kid: v.string() })),
    protected: v.string(),
    encrypted_key: v.exactOptional(v.string()),
    iv: v.string(),
    tag: v.string(),
    ciphertext: v.string(),
    aad: v.string(),
  }),
);
const ENCRYPTION = 'A256GCM';
const algorithmOf = ({ wraps }: SealingKey) => (wraps ? 'A256GCMKW' : 'dir');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The id of the key that wraps the record's own key; null for a record that has none. */
export function wrappedBy(sealed: string): string | null {
  const { success, output } = v.safeParse(form, sealed);
  return success ? (output.header?.kid ?? null) : null;
}

export async function sealed(text: string, boundTo: string, by: SealingKey): Promise<string> {
  const encrypt = new FlattenedEncrypt(bytes(text))
    .setProtectedHeader({ alg: algorithmOf(by), enc: ENCRYPTION })
    .setAdditionalAuthenticatedData(bytes(boundTo));
  if (by.wraps) encrypt.setUnprotectedHeader({ kid: by.id });
  return JSON.stringify(await encrypt.encrypt(by.key));
}

export async function opened(text: string, boundTo: string, by: SealingKey): Promise<string> {
  const { success, output } = v.safeParse(form, text);
  if (!success) throw new Unopenable('The text is not a sealed record');
  if (output.aad !== base64url.encode(boundTo))
    throw new Unopenable('The record was sealed for another purpose');
  try {
    const { plaintext } = await flattenedDecrypt(output, by.key, {
      keyManagementAlgorithms: [algorithmOf(by)],
      contentEncryptionAlgorithms: [ENCRYPTION],
    });
    return new TextDecoder().decode(plaintext);
  } catch (error) {
    throw new Unopenable('The record was changed or sealed with another key', { cause: error });
  }
}
