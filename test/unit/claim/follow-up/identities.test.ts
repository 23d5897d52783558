import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Identity } from '../../../../widget/chat/chat.ts';
import type { Channel } from '../../../../domain/channel.ts';
import { identitiesOf, union } from '../../../../widget/claim/follow-up/identities.ts';

const speaking = (...messengers: readonly Channel['messenger'][]) =>
  messengers.map(messenger => ({ messenger }));

describe('the identities in a card', () => {
  it('are one for each phone, each number once', () => {
    const phones = ['+7 916 000-00-01', '8 (916) 000-00-01', '+7 916 000-00-02'];
    expect(identitiesOf(phones, 'RU', speaking('whatsapp'))).toEqual({
      identities: [
        { messenger: 'whatsapp', id: '79160000001' },
        { messenger: 'whatsapp', id: '79160000002' },
      ],
      notNumbers: [],
    });
  });

  it.each<readonly [Channel['messenger'], readonly Identity[]]>([
    ['waba', []],
    ['instagram', []],
    ['telegram-bot', []],
    ['telegram', [{ messenger: 'telegram', id: '', phone: '79160000001' }]],
    ['max', [{ messenger: 'max', id: '', phone: '79160000001' }]],
    ['viber', [{ messenger: 'viber', id: '79160000001' }]],
  ])('besides WhatsApp, with two channels of %s, are %j', (messenger, others) => {
    const { identities } = identitiesOf(['79160000001'], 'RU', speaking(messenger, messenger));
    expect(identities).toEqual([{ messenger: 'whatsapp', id: '79160000001' }, ...others]);
  });

  it('name what is no number, as it is written', () => {
    expect(identitiesOf(['нет телефона', '  12 ', '', '   ', '12'], 'RU', [])).toEqual({
      identities: [],
      notNumbers: ['нет телефона', '12'],
    });
  });
});

describe('the union of identities', () => {
  const telegram: Identity = { messenger: 'telegram', id: '55533', username: 'anna', phone: '79160000001' };

  it.each<readonly [string, Identity, number]>([
    ['the same id', { messenger: 'telegram', id: '55533' }, 1],
    ['a phone whose id is known', { messenger: 'telegram', id: '', phone: '79160000001' }, 1],
    ['a user name whose id is known', { messenger: 'telegram', id: '', username: 'anna' }, 1],
    ['another phone', { messenger: 'telegram', id: '', phone: '79160000002' }, 2],
    ['the same phone in another messenger', { messenger: 'whatsapp', id: '79160000001' }, 2],
  ])('of a known one and %s', (_what, added, count) => {
    expect(union([telegram], [added])).toHaveLength(count);
  });

  const identity: fc.Arbitrary<Identity> = fc.oneof(
    fc.record({
      messenger: fc.constantFrom('whatsapp', 'telegram'),
      id: fc.constantFrom('1', '2', '3'),
    }),
    fc.record({
      messenger: fc.constant('telegram'),
      id: fc.constant(''),
      phone: fc.constantFrom('1', '2'),
    }),
  );

  it('keeps everything that is known, and adds nothing the second time', () => {
    fc.assert(
      fc.property(fc.array(identity), fc.array(identity), (known, added) => {
        const once = union(known, added);
        expect(once.slice(0, known.length)).toEqual(known);
        expect(union(once, added)).toEqual(once);
      }),
    );
  });
});
