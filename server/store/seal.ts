/**
 * Encrypts the keys and tokens stored in the database with a key that is not in it. The ring seals records that belong to no
 * account yet, and the data key of each account (account-seal.ts).
 */
import { base64url } from 'jose';
import { opened, sealed, Unopenable, wrappedBy } from './sealed.ts';

/** The first key seals, and every key opens. To rotate, put a new key in front. */
export type KeyRing = readonly { readonly id: string; readonly key: Uint8Array }[];

export type Seal<BoundTo = string> = {
  readonly seal: (text: string, boundTo: BoundTo) => Promise<string>;
  /** Throws `Unopenable` when no key opens the text, or when it was sealed for another purpose. */
  readonly open: (sealed: string, boundTo: BoundTo) => Promise<string>;
};

export type RingSeal = Seal & {
  /** Whether the text was sealed with the first key. */
  readonly isCurrent: (sealed: string) => boolean;
};

const KEY_BYTES = 32;

/** Parses "name:base64url,older:base64url". Returns null for an invalid ring. */
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

export function sealWith(ring: KeyRing): RingSeal {
  const [first] = ring;
  if (!first) throw new Error('The key ring is empty');
  return {
    seal: (text, boundTo) => sealed(text, boundTo, { wraps: true, ...first }),
    async open(text, boundTo) {
      const id = wrappedBy(text);
      const one = ring.find(key => key.id === id);
      if (!one) throw new Unopenable('No key of the ring opens it');
      return opened(text, boundTo, { wraps: true, ...one });
    },
    isCurrent: text => wrappedBy(text) === first.id,
  };
}
