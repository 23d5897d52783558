/** Short values that go through a browser and come back. They are signed for one purpose and valid for a limited time. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';

export type SignedValues = {
  readonly sign: (value: string) => string;
  /** Returns the value. Null if it was not signed for this purpose, or has expired. */
  readonly valueIn: (signed: string) => string | null;
};

const body = v.pipe(v.string(), v.parseJson(), v.tuple([v.string(), v.number()]));

/** A value that was signed for one `purpose` is not valid for another, although the secret is the same. */
export function signedValues(given: {
  readonly secret: string;
  readonly purpose: string;
  readonly milliseconds: number;
  readonly now: () => Date;
}): SignedValues {
  const { purpose, milliseconds, now } = given;
  const key = createHmac('sha256', given.secret).update(`crm-chat-roles ${purpose}`).digest();
  const signatureOf = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    sign(value) {
      const text = Buffer.from(JSON.stringify([value, now().getTime() + milliseconds])).toString('base64url');
      return `${text}.${signatureOf(text).toString('base64url')}`;
    },
    valueIn(signed) {
      const [text = '', signature = ''] = signed.split('.');
      const [there, right] = [Buffer.from(signature, 'base64url'), signatureOf(text)];
      if (there.byteLength !== right.byteLength || !timingSafeEqual(there, right)) return null;
      const read = v.safeParse(body, Buffer.from(text, 'base64url').toString());
      if (!read.success) return null;
      const [value, until] = read.output;
      return now().getTime() < until ? value : null;
    },
  };
}
