import { describe, expect, it } from 'vitest';
import { signedValues, type SignedValues } from '../../../../server/frames/signed-value.ts';

let time = 0;
const values = (purpose = 'state', secret = 'secret'): SignedValues =>
  signedValues({ secret, purpose, milliseconds: 1000, now: () => new Date(time) });

describe('a signed value', () => {
  it('is accepted until it expires', () => {
    time = 5000;
    const signed = values().sign('value');
    time = 5999;
    expect(values().valueIn(signed)).toBe('value');
    time = 6000;
    expect(values().valueIn(signed)).toBeNull();
  });

  it('is valid only for its own purpose and secret', () => {
    const signed = values().sign('value');
    expect(values('fate').valueIn(signed)).toBeNull();
    expect(values('state', 'another').valueIn(signed)).toBeNull();
  });

  it.each([
    [
      'a changed value',
      (signed: string) => `${Buffer.from('["other",9e15]').toString('base64url')}.${signed.split('.')[1]}`,
    ],
    ['no signature', (signed: string) => signed.split('.')[0] ?? ''],
    ['half a signature', (signed: string) => signed.slice(0, -10)],
    ['nothing', () => ''],
    ['something else', () => 'x.y.z'],
  ])('is refused with %s', (_, changed) => {
    expect(values().valueIn(changed(values().sign('value')))).toBeNull();
  });
});
