/**
 * Keys and tokens as they lie in the database: encrypted with a key that is not in it, and bound to the account and the
 * purpose, so that a row that is moved elsewhere opens nowhere. Each record has a key of its own, wrapped with the ring's.
 */
import { base64url, FlattenedEncrypt, flattenedDecrypt } from 'jose';
import * as v from 'valibot';

/** The first seals, all of them open. To rotate, put a new one in front. */
export type KeyRing = readonly { readonly id: string; readonly key: Uint8Array }[];

export type Seal = {
  readonly seal: (text: string, boundTo: string) => Promise<string>;
  /** Throws `Unopenable` when no key of the ring opens it, or when it was sealed for something else. */
  readonly open: (sealed: string, boundTo: string) => Promise<string>;
  /** Whether it was sealed with the first key. */
  readonly isCurrent: (sealed: string) => boolean;
};

export class Unopenable extends Error {
  override name = 'Unopenable';
}

const KEY_BYTES = 32;
/** Whoever follows clients opens the same few again and again, and each time takes several threads in turn. */
const MOST_OPENED = 500;
const sealedForm = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    header: v.object({ kid: v.string() }),
    protected: v.string(),
    encrypted_key: v.string(),
    iv: v.string(),
    tag: v.string(),
    ciphertext: v.string(),
    aad: v.string(),
  }),
);

/** "name:base64url,older:base64url"; null when it is none. */
export function keyRingFrom(text: string): KeyRing | null {
  const ring = text.split(',').map(one => {
    const [id = '', key = ''] = one.trim().split(':');
    try {
      return { id, key: base64url.decode(key) };
    } catch {
      return { id, key: new Uint8Array() };
    }
  });
  const isSound = ring.every(({ id, key }) => /^\w+$/.test(id) && key.byteLength === KEY_BYTES);
  return isSound && new Set(ring.map(({ id }) => id)).size === ring.length ? ring : null;
}

export function sealWith(ring: KeyRing): Seal {
  const [first] = ring;
  if (!first) throw new Error('The key ring is empty');
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const opened = new Map<string, Promise<string>>();
  async function opens(sealed: string, boundTo: string): Promise<string> {
    const { success, output } = v.safeParse(sealedForm, sealed);
    const key = success ? ring.find(({ id }) => id === output.header.kid) : undefined;
    if (!success || !key) throw new Unopenable('No key of the ring opens it');
    if (output.aad !== base64url.encode(boundTo)) throw new Unopenable('It was sealed for something else');
    try {
      const { plaintext } = await flattenedDecrypt(output, key.key, {
        keyManagementAlgorithms: ['A256GCMKW'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return new TextDecoder().decode(plaintext);
    } catch (error) {
      throw new Unopenable('It was changed', { cause: error });
    }
  }
  return {
    async seal(text, boundTo) {
      const sealed = await new FlattenedEncrypt(bytes(text))
        .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM' })
        .setUnprotectedHeader({ kid: first.id })
        .setAdditionalAuthenticatedData(bytes(boundTo))
        .encrypt(first.key);
      return JSON.stringify(sealed);
    },
    open(sealed, boundTo) {
      const name = `${boundTo} ${sealed}`;
      const known = opened.get(name);
      if (known) return known;
      const opening = opens(sealed, boundTo);
      opened.set(name, opening);
      opening.catch(() => opened.delete(name));
      const [oldest] = opened.keys();
      if (oldest !== undefined && opened.size > MOST_OPENED) opened.delete(oldest);
      return opening;
    },
    isCurrent: sealed => {
      const { success, output } = v.safeParse(sealedForm, sealed);
      return success && output.header.kid === first.id;
    },
  };
}
