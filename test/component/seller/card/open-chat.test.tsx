import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SELLER_A } from '../../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { button, cardStage, press, seat, type CardOptions, type CardStage } from './card-stage.tsx';

let stage: CardStage;
let opened: string[];
let isClosed: boolean;
const tab = (): object => ({
  opener: window,
  document: { title: '', body: { textContent: '' } },
  location: { replace: (address: string) => void opened.push(address) },
  close() {
    isClosed = true;
  },
});
/** Sets the channels' messengers, by channel id. */
function speaking(transports: Readonly<Record<string, string>>): void {
  const { chat } = stage.world;
  const channels = chat.channels.map(one => ({
    ...one,
    transport: transports[one.channelId] ?? one.transport,
  }));
  Object.assign(chat, { channels });
}
function setStage(options: Parameters<typeof cardStage>[0] = {}): void {
  stage = cardStage(options);
  stage.client.responsibleUserId = SELLER_A;
  // Both channels are WhatsApp, so the client can be reached from either.
  speaking({ [SALES_CHANNEL]: 'whatsapp', [WHOLESALE_CHANNEL]: 'whatsapp' });
  stage.roles(seat(SELLER_A, 'seller', SALES_CHANNEL), seat(SELLER_A, 'seller', WHOLESALE_CHANNEL));
}
beforeEach(() => {
  opened = [];
  isClosed = false;
  setStage();
  vi.spyOn(window, 'open').mockImplementation(() => Object(tab()));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await stage.end();
});

const open = async (options: CardOptions = {}): Promise<void> => {
  stage.openCard(options).look();
  await press('Открыть чат');
};
/** The channel on which the service's window was opened. */
const openedOn = async (): Promise<string> => {
  await waitFor(() => expect(opened).toHaveLength(1));
  const [, payload = ''] = (new URL(opened[0] ?? '').searchParams.get('token') ?? '').split('.');
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).active.channelId;
};
const groupOfA = (): number => stage.world.crm.users.get(SELLER_A)?.groupId ?? 0;

describe('opening the chat', () => {
  it('asks for the channel when none is chosen, and remembers the answer', async () => {
    await open();
    const channels = screen.getByLabelText('В каком канале открыть');
    expect(
      within(channels)
        .getAllByRole('option')
        .map(one => one.textContent),
    ).toEqual(['выберите канал', 'Продажи', 'Опт']);
    await userEvent.selectOptions(channels, 'Опт');
    expect(await openedOn()).toBe(WHOLESALE_CHANNEL);
    opened = [];
    await press('Открыть чат');
    expect(await openedOn()).toBe(WHOLESALE_CHANNEL);
  });

  it.each([
    [
      'for the seller',
      () => ({ people: { [SELLER_A]: WHOLESALE_CHANNEL }, groups: { [groupOfA()]: SALES_CHANNEL } }),
    ],
    ['for the seller’s group', () => ({ groups: { [groupOfA()]: WHOLESALE_CHANNEL } })],
  ])('uses the channel that the admin chose %s', async (_, channels) => {
    await open({ channels: channels() });
    expect(await openedOn()).toBe(WHOLESALE_CHANNEL);
  });

  it('uses the only channel on which the seller has a role', async () => {
    stage.roles(seat(SELLER_A, 'seller', WHOLESALE_CHANNEL));
    await open();
    expect(await openedOn()).toBe(WHOLESALE_CHANNEL);
  });

  it('does not use a chosen channel that does not support the client’s messenger', async () => {
    speaking({ [WHOLESALE_CHANNEL]: 'instapi' });
    await open({ channels: { people: { [SELLER_A]: WHOLESALE_CHANNEL } } });
    expect(await openedOn()).toBe(SALES_CHANNEL);
  });

  it('is not offered where the seller sees no chat of the client', async () => {
    stage.roles();
    stage.openCard().look();
    expect(await screen.findByText(/на каналах этого клиента у вас нет роли/)).toBeTruthy();
    expect(button('Открыть чат')).toBeNull();
  });

  it('refuses an address outside the service, and closes the tab', async () => {
    await stage.end();
    setStage({ chatOrigin: 'https://wazzup24.example' });
    stage.roles(seat(SELLER_A));
    await open();
    expect((await screen.findByRole('alert')).textContent).toMatch(/Адрес чата ведёт не в Wazzup/);
    expect(opened).toEqual([]);
    expect(isClosed).toBe(true);
  });

  it('offers a link when the browser opens no tab', async () => {
    vi.mocked(window.open).mockReturnValue(null);
    stage.roles(seat(SELLER_A));
    await open();
    const link = await screen.findByRole('link', { name: 'Перейти в чат' });
    expect(new URL(link.getAttribute('href') ?? '').origin).toBe(stage.world.options.chatOrigin);
  });

  it('says that it failed, and closes the tab', async () => {
    stage.roles(seat(SELLER_A));
    stage.world.disturbances.add(/^POST \/v3\/iframe/, 'server-error', Infinity);
    await open();
    expect((await screen.findByRole('alert')).textContent).toMatch(/Чат не открылся/);
    expect(isClosed).toBe(true);
    stage.world.disturbances.clear();
  });
});
