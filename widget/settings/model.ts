/** The settings panel: how far the account is connected, what it shows then, and what the admin can do next. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { Chat, RoleList } from '../chat/chat.ts';
import type { Channel } from '../domain/channel.ts';
import { gatewayAddress } from '../domain/gateway-address.ts';
import type { HostPage, HostRecords } from '../host/host.ts';
import { asFailure, type Failure } from '../http/failure.ts';
import type { OpenRoles } from '../roles/dialog.tsx';
import type { Staff } from '../roles/model.ts';
import { withRole } from '../roles/save.ts';
import { createOwn, type OwnModel } from './own.ts';
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
export type News =
  | { readonly kind: 'none' }
  | { readonly kind: 'roles-saved' }
  | { readonly kind: 'refreshing' }
  | { readonly kind: 'refreshed'; readonly employees: number }
  | { readonly kind: 'not-refreshed'; readonly failure: Failure };

export type DialogState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly render: (onClose: () => void) => VNode }
  | { readonly kind: 'not-loaded' };

export type PanelModel = {
  readonly state: ReadonlySignal<PanelState>;
  readonly staff: ReadonlySignal<Staff>;
  readonly own: OwnModel;
  readonly news: ReadonlySignal<News>;
  readonly dialog: ReadonlySignal<DialogState>;
  readonly mayChange: boolean;
  /** Who can change the settings, for those who cannot. */
  readonly admins: readonly string[];
  readonly cabinetAddress: string;
  readonly start: () => Promise<void>;
  readonly check: (typed: string) => Promise<void>;
  readonly disconnect: () => void;
  readonly refresh: () => Promise<void>;
  readonly select: () => Promise<void>;
  readonly closeDialog: () => void;
};

export function createPanelModel(given: {
  readonly page: HostPage;
  readonly records: HostRecords;
  readonly connect: (gateway: string) => Chat;
  /** The gateway's address for accounts that have set none. */
  readonly defaultChatUrl: string;
  readonly loadRoles: () => Promise<OpenRoles>;
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
  const { staff, load: loadStaff } = createStaff(given.records, page.locale, given.signal);
  const chat = (): Chat => given.connect(chatUrl());

  const fetchConnection = async (address: string): Promise<PanelState> => {
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
    async refresh() {
      news.value = { kind: 'refreshing' };
      await Promise.all([loadStaff(), loadConnection()]);
      news.value = await introduceStaff();
    },
    async select() {
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
              refreshStaff: loadStaff,
              onSaved(list) {
                state.value = { ...connected, list };
                news.value = { kind: 'roles-saved' };
                dialog.value = { kind: 'closed' };
              },
            }),
          }
        : { kind: 'not-loaded' };
    },
    closeDialog: () => {
      dialog.value = { kind: 'closed' };
    },
  };

  /** Names may have changed in the CRM: whoever has a role is sent anew. */
  async function introduceStaff(): Promise<News> {
    const people = staff.value;
    const connection = state.value;
    if (people.kind === 'failed') return { kind: 'not-refreshed', failure: people.failure };
    if (connection.kind === 'failed') return { kind: 'not-refreshed', failure: connection.failure };
    if (people.kind !== 'ready' || connection.kind !== 'connected') return { kind: 'none' };
    try {
      await chat().introduce(withRole(people.employees, connection.list.assignments));
      return { kind: 'refreshed', employees: people.employees.length };
    } catch (thrown) {
      return { kind: 'not-refreshed', failure: asFailure(thrown) };
    }
  }
  return model;
}
