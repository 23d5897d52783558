import { base64url } from 'jose';
import { describe, expect, it } from 'vitest';
import { keyRingFrom, sealWith, type KeyRing } from '../../../../server/store/seal.ts';
import { Unopenable } from '../../../../server/store/sealed.ts';

const keyOf = (id: string) => ({ id, key: crypto.getRandomValues(new Uint8Array(32)) });
const [old, young] = [keyOf('old'), keyOf('young')];
const text = 'a refresh token';

describe('a sealed text', () => {
  it('opens for its own purpose, and does not show its content', async () => {
    const seal = sealWith([old]);
    const sealed = await seal.seal(text, 'account 1');
    expect(sealed).not.toContain(text);
    expect(await seal.open(sealed, 'account 1')).toBe(text);
    expect(await seal.seal(text, 'account 1')).not.toBe(sealed);
  });

  it('does not open for another purpose', async () => {
    const seal = sealWith([old]);
    await expect(seal.open(await seal.seal(text, 'account 1'), 'account 2')).rejects.toThrow(Unopenable);
  });

  it.each(['ciphertext', 'encrypted_key', 'iv', 'tag', 'protected', 'aad'])(
    'does not open when its %s was changed',
    async field => {
      const seal = sealWith([old]);
      const sealed: Record<string, string> = JSON.parse(await seal.seal(text, 'account 1'));
      const other: Record<string, string> = JSON.parse(await seal.seal('another', 'account 3'));
      const changed = JSON.stringify({ ...sealed, [field]: other[field] });
      // Two protected headers with the same ring differ in the tag of the wrapped key.
      await expect(seal.open(changed, field === 'aad' ? 'account 3' : 'account 1')).rejects.toThrow(
        Unopenable,
      );
    },
  );

  it.each(['', 'null', '{}', '{"header":{"kid":"old"}}'])('does not open when it is %j', async broken => {
    await expect(sealWith([old]).open(broken, 'account 1')).rejects.toThrow(Unopenable);
  });

  it('opens with an older key of a ring, and new ones are sealed with the first key', async () => {
    const sealed = await sealWith([old]).seal(text, 'account 1');
    const both = sealWith([young, old]);
    expect(await both.open(sealed, 'account 1')).toBe(text);
    expect(both.isCurrent(sealed)).toBe(false);
    expect(both.isCurrent(await both.seal(text, 'account 1'))).toBe(true);
    await expect(sealWith([young]).open(sealed, 'account 1')).rejects.toThrow(Unopenable);
  });
});

describe('a key ring', () => {
  const written = (ring: KeyRing): string =>
    ring.map(({ id, key }) => `${id}:${base64url.encode(key)}`).join(', ');

  it('is read from the form in the environment', () => {
    expect(keyRingFrom(written([young, old]))).toEqual([young, old]);
  });

  it.each(['', 'name', 'name:', ':AAAA', 'name:short', `${written([old])},${written([old])}`])(
    'is refused when it is %j',
    text => {
      expect(keyRingFrom(text)).toBeNull();
    },
  );
});
