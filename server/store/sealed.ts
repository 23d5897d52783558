/**
 * The form in which something sealed lies in the database, as JWE: encrypted, and bound to what it is for, so that it opens for
 * nothing else.
 */
import { base64url, FlattenedEncrypt, flattenedDecrypt } from 'jose';
import * as v from 'valibot';

export class Unopenable extends Error {
  override name = 'Unopenable';
}

/** `wraps`: each record has a key of its own, which this one wraps, and names this one. */
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

/** Which key wraps the record's own; null where none does. */
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
  if (!success) throw new Unopenable('It is nothing that was sealed');
  if (output.aad !== base64url.encode(boundTo)) throw new Unopenable('It was sealed for something else');
  try {
    const { plaintext } = await flattenedDecrypt(output, by.key, {
      keyManagementAlgorithms: [algorithmOf(by)],
      contentEncryptionAlgorithms: [ENCRYPTION],
    });
    return new TextDecoder().decode(plaintext);
  } catch (error) {
    throw new Unopenable('It was changed, or sealed with another key', { cause: error });
  }
}
