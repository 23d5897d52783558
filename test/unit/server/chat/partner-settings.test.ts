import { describe, expect, it } from 'vitest';
import {
  settingsForPartner,
  settingsFromPartner,
} from '../../../../server/chat/wazzup/partner/settings-wire.ts';

const answer = (data: unknown): string => JSON.stringify({ data, meta: { timestamp: 1 } });

describe('roles of the partner’s API', () => {
  it('are translated to the words of the older API', () => {
    const row = { channel_id: 'c', user_id: '7', role: 'seller', allow_get_new_clients: true };
    const data = { user_roles: [row], push_input_output_message_events_for_managers: false };
    expect(settingsFromPartner(answer(data))).toEqual({
      userRoles: [{ channelId: 'c', userId: '7', role: 'seller', allowGetNewClients: true }],
      pushInputOutputMessageEventsForManagers: false,
    });
  });

  it('are written back as they came, with unknown fields', () => {
    const data = {
      user_roles: [{ channel_id: 'c', user_id: 7, role: 'of_next_year', since_when: { a_day: 1 } }, {}],
      number_visibility: ['channel_id'],
      push_input_output_message_events_for_managers: null,
    };
    const text = JSON.stringify(settingsFromPartner(answer(data)));
    expect(settingsForPartner(text)).toEqual(data);
  });

  it.each([
    ['no list', answer({ push_input_output_message_events_for_managers: true })],
    ['a list of something else', answer({ user_roles: ['7'] })],
    ['the older API’s words', JSON.stringify({ userRoles: [] })],
    ['no envelope', JSON.stringify({ user_roles: [] })],
    ['no JSON', '<html>'],
    ['JSON that is nested too deeply', `{"data":{"user_roles":${'['.repeat(6000)}`],
  ])('are not read from %s', (_what, text) => {
    expect(settingsFromPartner(text)).toBeNull();
  });
});
