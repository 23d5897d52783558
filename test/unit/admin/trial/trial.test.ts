import { describe, expect, it } from 'vitest';
import { ALREADY_SENT } from '../../../../widget/chat/chat.ts';
import type { Assignment } from '../../../../domain/assignment.ts';
import type { Channel } from '../../../../domain/channel.ts';
import { Failure, type FailureCode } from '../../../../widget/http/failure.ts';
import {
  audienceOf,
  channelWithFirstRoles,
  readyTemplates,
  usableChannels,
  verdictOn,
  wantsTemplate,
} from '../../../../widget/admin/trial/trial.ts';
import { employee } from '../../people.ts';

const channel = (
  id: string,
  messenger: Channel['messenger'] = 'whatsapp',
  state: Channel['state'] = 'active',
): Channel => ({ id, name: id, messenger, state });

const given = (channelId: string, employeeId: string, role: Assignment['role'], on = false): Assignment => ({
  channelId,
  employeeId,
  role,
  receivesNewClients: on,
});

describe('a channel that can be tried', () => {
  it('is active and allows writing first; the service’s order is kept', () => {
    const channels = [
      channel('instagram', 'instagram'),
      channel('bot', 'telegram-bot'),
      channel('telegram', 'telegram'),
      channel('unpaid', 'whatsapp', 'unpaid'),
      channel('unheard-of', 'whatsapp', 'unknown'),
      channel('waba', 'waba'),
      channel('whatsapp'),
    ];
    expect(usableChannels(channels).map(({ id }) => id)).toEqual(['telegram', 'waba', 'whatsapp']);
  });
});

describe('the offer of a trial message', () => {
  const [sales, wholesale, photos] = [channel('sales'), channel('wholesale'), channel('photos', 'instagram')];
  const channels = [photos, sales, wholesale];
  const both = [given('sales', 'a', 'seller'), given('wholesale', 'a', 'seller')];

  it.each([
    ['the first channel on the first save', [], both, sales],
    ['a channel that gets its first roles later', [given('sales', 'a', 'seller')], both, wholesale],
    ['nothing when roles only change', both, [given('sales', 'a', 'auditor'), ...both.slice(1)], undefined],
    ['nothing when roles are removed', both, [], undefined],
    ['nothing on a channel that cannot be tried', [], [given('photos', 'a', 'seller')], undefined],
  ])('is about %s', (_what, before, after, expected) => {
    expect(channelWithFirstRoles(before, after, channels)).toEqual(expected);
  });
});

describe('a template', () => {
  it.each([
    ['waba', false, true],
    ['waba', true, false],
    ['whatsapp', false, false],
    ['telegram', false, false],
  ] as const)('is needed on %s or not (has written: %s, needed: %s)', (messenger, hasWritten, needed) => {
    expect(wantsTemplate(channel('c', messenger), hasWritten)).toBe(needed);
  });

  it('is offered when it is approved and complete', () => {
    const template = { id: '1', name: 'Hello', text: 'Hello!', approved: true, hasBlanks: false };
    const offered = readyTemplates([
      template,
      { ...template, approved: false },
      { ...template, hasBlanks: true },
    ]);
    expect(offered).toEqual([template]);
  });
});

describe('a failure of sending', () => {
  it.each<[FailureCode, string | null, 'sent' | 'refused' | 'unknown']>([
    ['timeout', null, 'unknown'],
    ['no-answer', null, 'unknown'],
    ['down', null, 'unknown'],
    ['down', 'SERVICE_TIMEOUT', 'unknown'],
    ['unreadable', null, 'unknown'],
    ['refused', ALREADY_SENT, 'sent'],
    ['refused', 'channel-unpaid', 'refused'],
    ['refused', null, 'refused'],
    ['down', 'key-refused', 'refused'],
    ['forbidden', 'ADMINS_ONLY', 'refused'],
    ['too-many', null, 'refused'],
    ['signed-out', 'TOKEN_INVALID', 'refused'],
  ])('%s with the reason %s means %s', (code, reason, kind) => {
    expect(verdictOn(new Failure(code, 'chat', { reason })).kind).toBe(kind);
  });

  it('keeps a reason only when there are words for it', () => {
    expect(verdictOn(new Failure('refused', 'chat', { reason: 'spam' }))).toMatchObject({ problem: 'spam' });
    expect(verdictOn(new Failure('refused', 'chat', { reason: 'a-new-one' }))).toMatchObject({
      problem: null,
    });
  });
});

describe('the audience of a new client’s chat', () => {
  it('is grouped by role and switch, and has only active people on this channel', () => {
    const people = ['boss', 'checker', 'open', 'closed', 'elsewhere', 'nobody'].map(id => employee({ id }));
    const audience = audienceOf(
      channel('sales'),
      [
        given('sales', 'closed', 'seller'),
        given('sales', 'open', 'seller', true),
        given('sales', 'checker', 'auditor'),
        given('sales', 'boss', 'supervisor'),
        given('sales', 'left', 'supervisor'),
        given('wholesale', 'elsewhere', 'supervisor'),
      ],
      [...people, employee({ id: 'left', active: false })],
    );
    expect(audience.map(({ because, sees, people }) => [because, sees, people.map(({ id }) => id)])).toEqual([
      ['supervisor', true, ['boss']],
      ['auditor', true, ['checker']],
      ['new-client', true, ['open']],
      ['new-clients-off', false, ['closed']],
    ]);
  });
});
