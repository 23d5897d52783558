/** Opens the client's chat in the chat service's own window, on the channel that this person uses. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { allowed, storageKey, type Whose } from '../../../browser/storage.ts';
import type { Chat, ClientChat } from '../../../chat/chat.ts';
import type { Channel } from '../../../../domain/channel.ts';
import { defaultChannel } from '../../../../domain/own-rules.ts';
import type { Failure } from '../../../http/failure.ts';
import { openTab, type Tab } from '../../../admin/trial/tab.ts';
import { conclude } from '../../../work/attempt.ts';
import type { Act } from './acting.ts';
import type { CardGiven } from './card-given.ts';
import { speaks, type ClientSources } from './sources.ts';

export type ChatState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  /** There are several channels to choose from. */
  | { readonly kind: 'choosing' }
  /** The browser blocked the new tab, so the person gets a link. */
  | { readonly kind: 'at'; readonly address: string }
  /** The address does not belong to the chat service, so it was not opened. */
  | { readonly kind: 'not-own' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type ClientChatModel = {
  readonly state: ReadonlySignal<ChatState>;
  /** The client's channels on which I have a role; `null` while unknown. */
  readonly channels: ReadonlySignal<readonly Channel[] | null>;
  /** Must be called while the browser handles the press. `meanwhile` is shown in the new tab until the chat loads. */
  readonly open: (meanwhile: string) => void;
  readonly openOn: (channelId: string, meanwhile: string) => void;
};

/** The channel on which this person last opened a chat in this browser. */
export type LastChannel = { readonly read: () => string | null; readonly write: (channelId: string) => void };

const LONGEST_ID = 100;

/** Without storage nothing is remembered. */
export function lastChannel(whose: Whose): LastChannel {
  const key = storageKey('last-channel', whose);
  return {
    read() {
      const stored = allowed(() => localStorage.getItem(key)) ?? '';
      return stored !== '' && stored.length <= LONGEST_ID ? stored : null;
    },
    write: channelId => void allowed(() => localStorage.setItem(key, channelId)),
  };
}

export function createClientChat(
  { page, services }: CardGiven,
  sources: ClientSources,
  last: LastChannel,
  act: Act,
): ClientChatModel {
  const { me } = page;
  const state = signal<ChatState>({ kind: 'closed' });
  const mine = computed(() =>
    (sources.chat.value()?.roles.assignments ?? []).filter(one => one.employeeId === me.id),
  );
  const channels = computed(() => {
    const side = sources.chat.value();
    if (!side) return null;
    const known = new Set(sources.channelIds.value);
    return side.channels.filter(({ id }) => known.has(id) && mine.value.some(one => one.channelId === id));
  });
  const usual = (): string | undefined => {
    const usable = (channels.value ?? []).map(({ id }) => id);
    const employee = page.employee(me.id) ?? { id: me.id, groupId: '' };
    return (
      [defaultChannel(services.own.value.rules, employee, mine.value), last.read()].find(
        id => id !== null && usable.includes(id),
      ) ?? (usable.length === 1 ? usable[0] : undefined)
    );
  };
  const go = async (chat: Chat, channel: Channel, tab: Tab | null): Promise<ChatState> => {
    const name = sources.contact.value()?.name ?? '';
    const client: readonly ClientChat[] = sources.identities.value.map(identity => ({ identity, name }));
    const active = client.find(({ identity }) => speaks(channel, identity));
    const address = await chat.windowAddress({
      scope: 'client',
      client,
      ...(active && { active: { ...active, channelId: channel.id } }),
    });
    if (!chat.isOwnAddress(address)) return { kind: 'not-own' };
    last.write(channel.id);
    if (!tab) return { kind: 'at', address };
    tab.go(address);
    return { kind: 'closed' };
  };
  const openOn = async (choose: () => string | undefined, meanwhile: string): Promise<void> => {
    const { chat } = services;
    if (!chat) return;
    const tab = openTab(meanwhile);
    const end = await conclude<ChatState>(
      state,
      { kind: 'opening' },
      async () => {
        // Pressed before the channels were read.
        if (channels.value === null) await sources.chat.read();
        const reading = sources.chat.state.value;
        if (reading.kind === 'failed') return reading;
        const id = choose();
        const channel = channels.value?.find(one => one.id === id);
        return channel ? go(chat, channel, tab) : undecided();
      },
      failure => ({ kind: 'failed', failure }),
    );
    if (end.kind !== 'closed' || channels.value?.length === 0) tab?.close();
  };
  const undecided = (): ChatState => ({ kind: channels.value?.length ? 'choosing' : 'closed' });
  return {
    state,
    channels,
    openOn: (channelId, meanwhile) => act(() => openOn(() => channelId, meanwhile)),
    open: meanwhile =>
      act(async () => {
        if (channels.value && usual() === undefined) state.value = undecided();
        else await openOn(usual, meanwhile);
      }),
  };
}
