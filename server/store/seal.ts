/**
 * Keys and tokens as they lie in the database: encrypted with a key that is not in it. The ring seals what belongs to no account
 * yet, and the key with which each account's own are sealed (account-seal.ts).
 */
import { base64url } from 'jose';
import { opened, sealed, Unopenable, wrappedBy } from './sealed.ts';

/** The first seals, all of them open. To rotate, put a new one in front. */
export type KeyRing = readonly { readonly id: string; readonly key: Uint8Array }[];

export type Seal<BoundTo = string> = {
  readonly seal: (text: string, boundTo: BoundTo) => Promise<string>;
  /** Throws `Unopenable` when no key opens it, or when it was sealed for something else. */
  readonly open: (sealed: string, boundTo: BoundTo) => Promise<string>;
};

export type RingSeal = Seal & {
  /** Whether it was sealed with the first key. */
  readonly isCurrent: (sealed: string) => boolean;
};

const KEY_BYTES = 32;

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
