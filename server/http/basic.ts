/** HTTP Basic credentials, compared in constant time so that timing reveals nothing. */
import { createHash, timingSafeEqual } from 'node:crypto';

export type Basic = { readonly user: string; readonly password: string };

export function isFrom(headers: Headers, { user, password }: Basic): boolean {
  const given = headers.get('Authorization') ?? '';
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  // Digests have the same length whatever was sent, as timingSafeEqual requires.
  return timingSafeEqual(sha256(given), sha256(expected));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
