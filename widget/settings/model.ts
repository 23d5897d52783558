/** The settings panel: how far the account is connected, what it shows then, and what the admin can do next. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Chat, RoleList } from '../chat/chat.ts';
import type { Channel } from '../domain/channel.ts';
import { gatewayAddress } from '../domain/gateway-address.ts';
import { newcomerRole, readOwnRules } from '../domain/own-rules.ts';
import type { HostPage, HostRecords } from '../host/host.ts';
import { asFailure, type Failure } from '../http/failure.ts';
import type { OpenRoles } from '../roles/dialog.tsx';
import type { Staff } from '../roles/model.ts';
import type { Occasion } from '../trial/model.ts';
import type { OpenTrial } from '../trial/part.tsx';
import { channelWithFirstRoles, usableChannels } from '../trial/trial.ts';
import { createNotify, type NotifyModel } from './notify.ts';
import type { RefreshMemory } from './last-refresh.ts';
import { dialogRefresh } from './dialog-refresh.tsx';
import { createOwn, type OwnModel } from './own.ts';
import { createRefresh, type RefreshModel } from './refresh-model.ts';
import { completeList, type Account, type Progress } from './refresh.ts';
import { createStaff } from './staff.ts';

export type PanelState =
  | { readonly kind: 'install-first' }
  | { readonly kind: 'not-connected'; readonly check: Check }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | {
      readonly kind: 'connected';
      readonly address: string;
      readonly channels: readonly Channel[];
      readonly list: RoleList;
    };

export type Check =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What the last action of the admin led to. */
export type News = { readonly kind: 'none' } | { readonly kind: 'roles-saved' };

export type DialogState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly render: (onClose: () => void) => VNode }
  | { readonly kind: 'not-loaded' };

export type PanelModel = {
  readonly state: ReadonlySignal<PanelState>;
  readonly staff: ReadonlySignal<Staff>;
  readonly own: OwnModel;
  readonly notify: NotifyModel;
  readonly locale: string;
  readonly news: ReadonlySignal<News>;
  readonly dialog: ReadonlySignal<DialogState>;
  readonly mayChange: boolean;
  /** Who can change the settings, for those who cannot. */
  readonly admins: readonly string[];
  readonly cabinetAddress: string;
  readonly start: () => Promise<void>;
  readonly check: (typed: string) => Promise<void>;
  readonly disconnect: () => void;
  readonly refresh: RefreshModel;
  /** Opens the roles, on one channel if it is named. */
  readonly select: (channelId?: string) => Promise<void>;
  readonly tryChats: () => Promise<void>;
  readonly closeDialog: () => void;
};

export function createPanelModel(given: {
  readonly page: HostPage;
  readonly records: HostRecords;
  readonly connect: (gateway: string) => Chat;
  /** The gateway's address for accounts that have set none. */
  readonly defaultChatUrl: string;
  readonly loadRoles: () => Promise<OpenRoles>;
  readonly memory: RefreshMemory;
  readonly loadTrial: () => Promise<OpenTrial>;
  readonly signal: AbortSignal;
}): PanelModel {
  const { page } = given;
  const own = createOwn(page);
  const chatUrl = (): string => own.settings.value.chatUrl || given.defaultChatUrl;
  const state = signal<PanelState>(
    page.isInstalled() ? { kind: 'not-connected', check: { kind: 'idle' } } : { kind: 'install-first' },
  );
  const news = signal<News>({ kind: 'none' });
  const dialog = signal<DialogState>({ kind: 'closed' });
  const { staff, load: loadStaff, renew: renewStaff } = createStaff(given.records, page.locale, given.signal);
  const chat = (): Chat => given.connect(chatUrl());

  const fetchConnection = async (
    address: string,
  ): Promise<Extract<PanelState, { readonly kind: 'connected' }>> => {
    const service = given.connect(address);
    const [channels, list] = await Promise.all([service.channels(given.signal), service.roles(given.signal)]);
    return { kind: 'connected', address, channels, list };
  };
  const loadConnection = async (): Promise<void> => {
    try {
      state.value = await fetchConnection(chatUrl());
    } catch (thrown) {
      state.value = { kind: 'failed', failure: asFailure(thrown) };
    }
  };

  const model: PanelModel = {
    state,
    staff,
    own,
    notify: createNotify({
      chat,
      list: () => (state.value.kind === 'connected' ? state.value.list : null),
      onList(list) {
        if (state.value.kind === 'connected') state.value = { ...state.value, list };
      },
    }),
    locale: page.locale,
    news,
    dialog,
    mayChange: page.me.isAdmin,
    admins: page.employees().flatMap(one => (one.admin && one.active ? [one.name] : [])),
    cabinetAddress: given.connect('').cabinetAddress,
    async start() {
      if (state.value.kind === 'install-first' || chatUrl() === '') return;
      state.value = { kind: 'loading' };
      await Promise.all([loadConnection(), model.mayChange ? loadStaff() : undefined]);
    },
    async check(typed) {
      if (state.value.kind === 'not-connected' && state.value.check.kind === 'checking') return;
      const address = gatewayAddress(typed);
      if (!address) {
        state.value = { kind: 'not-connected', check: { kind: 'invalid' } };
        return;
      }
      state.value = { kind: 'not-connected', check: { kind: 'checking' } };
      try {
        const connected = await fetchConnection(address);
        if (address !== own.settings.value.chatUrl) own.change({ chatUrl: address });
        state.value = connected;
        await loadStaff();
      } catch (thrown) {
        state.value = { kind: 'not-connected', check: { kind: 'failed', failure: asFailure(thrown) } };
      }
    },
    disconnect() {
      news.value = { kind: 'none' };
      state.value = { kind: 'not-connected', check: { kind: 'idle' } };
    },
    refresh: createRefresh({
      records: given.records,
      chat,
      memory: given.memory,
      locale: page.locale,
      now: Date.now,
      standInOwners: () => own.settings.value.standInOwners,
      loadAccount,
      mostPeople: given.connect('').mostPeople,
      signal: given.signal,
    }),
    async select(channelId) {
      const connected = state.value;
      if (connected.kind !== 'connected') return;
      news.value = { kind: 'none' };
      dialog.value = { kind: 'opening' };
      const openRoles = await given.loadRoles().catch(() => null);
      dialog.value = openRoles
        ? {
            kind: 'open',
            render: openRoles({
              chat: chat(),
              channels: connected.channels,
              list: connected.list,
              staff,
              refresh: dialogRefresh(model.refresh),
              scope: channelId,
              me: page.me.id,
              standInOwners: own.settings.value.standInOwners,
              contactsOf: page.contactsOf,
              newcomerRole: groupId => newcomerRole(readOwnRules(own.text.value), groupId),
              onList(list) {
                state.value = { ...connected, list };
              },
              onSaved(list) {
                news.value = { kind: 'roles-saved' };
                dialog.value = { kind: 'closed' };
                const first = channelWithFirstRoles(
                  connected.list.assignments,
                  list.assignments,
                  connected.channels,
                );
                if (first) void showTrial('offer', first);
              },
            }),
          }
        : { kind: 'not-loaded' };
    },
    tryChats: () => showTrial('asked'),
    closeDialog: () => {
      dialog.value = { kind: 'closed' };
    },
  };

  /** Nobody has asked for an offer: it is left out when it cannot be loaded or the admin has moved on meanwhile. */
  async function showTrial(occasion: Occasion, first?: Channel): Promise<void> {
    const connected = state.value;
    if (connected.kind !== 'connected') return;
    const [channel, ...others] = usableChannels(connected.channels);
    if (!channel) return;
    if (occasion === 'asked') dialog.value = { kind: 'opening' };
    const openTrial = await given.loadTrial().catch(() => null);
    if (occasion === 'offer' && (!openTrial || dialog.value.kind !== 'closed')) return;
    if (!openTrial) {
      dialog.value = { kind: 'not-loaded' };
      return;
    }
    const { list } = connected;
    const onRoles = (list: RoleList): void => {
      if (state.value.kind === 'connected') state.value = { ...state.value, list };
    };
    const channels = [channel, ...others] as const;
    const render = openTrial({ occasion, page, chat: chat(), channels, first, list, staff, onRoles });
    dialog.value = { kind: 'open', render };
  }

  /** What a refresh begins with. What is on the screen stays there until the new is complete. */
  async function loadAccount({ report }: Progress): Promise<Account> {
    news.value = { kind: 'none' };
    const shown = state.value;
    const employees = completeList(await renewStaff(loaded => report(loaded, 0)), page.me.id);
    const { channels, list, ...connection } = await fetchConnection(chatUrl());
    // Roles may have been saved, or the connection given up, while we were reading.
    if (state.value === shown) state.value = { ...connection, channels, list };
    return { employees, channels, list };
  }
  return model;
}
