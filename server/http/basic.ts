/** Name and password as HTTP's Basic carries them, compared in a time that tells nothing of either. */
import { createHash, timingSafeEqual } from 'node:crypto';

export type Basic = { readonly user: string; readonly password: string };

export function isFrom(headers: Headers, { user, password }: Basic): boolean {
  const given = headers.get('Authorization') ?? '';
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  // Digests have one length, whatever was sent.
  return timingSafeEqual(sha256(given), sha256(expected));
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
