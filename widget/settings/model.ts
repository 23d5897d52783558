/** The settings panel: how far the account is connected, what it shows then, and what the admin can do next. */
import type { ReadonlySignal } from '@preact/signals';
import type { Chat } from '../chat/chat.ts';
import type { HostPage, HostRecords } from '../host/host.ts';
import type { OpenRoles } from '../roles/dialog.tsx';
import type { KeptChanges } from '../roles/model/kept-changes.ts';
import type { Staff } from '../roles/model/model.ts';
import type { OpenTrial } from '../trial/part.tsx';
import { createConnection, type PanelState } from './connection.ts';
import { createDialogs, type DialogsModel } from './dialogs.ts';
import type { RefreshMemory } from './last-refresh.ts';
import { createNotify, type NotifyModel } from './notify.ts';
import { createOwn, type OwnModel } from './own.ts';
import { createRefresh, type RefreshModel } from './refresh-model.ts';
import { completeList, type Account, type Progress } from './refresh.ts';
import { createStaff } from './staff.ts';

export type PanelModel = Omit<DialogsModel, 'forgetNews'> & {
  readonly state: ReadonlySignal<PanelState>;
  readonly staff: ReadonlySignal<Staff>;
  readonly own: OwnModel;
  readonly notify: NotifyModel;
  readonly refresh: RefreshModel;
  readonly locale: string;
  readonly mayChange: boolean;
  /** Who can change the settings, for those who cannot. */
  readonly admins: readonly string[];
  readonly cabinetAddress: string;
  readonly start: () => Promise<void>;
  readonly check: (typed: string) => Promise<void>;
  readonly disconnect: () => void;
};

export function createPanelModel(given: {
  readonly page: HostPage;
  readonly records: HostRecords;
  readonly connect: (gateway: string) => Chat;
  readonly defaultChatUrl: string;
  readonly loadRoles: () => Promise<OpenRoles>;
  readonly memory: RefreshMemory;
  readonly drafts: KeptChanges;
  readonly lastSaved: KeptChanges;
  readonly loadTrial: () => Promise<OpenTrial>;
  readonly signal: AbortSignal;
}): PanelModel {
  const { page, records, connect } = given;
  const own = createOwn(page);
  const connection = createConnection({ ...given, own, isInstalled: page.isInstalled() });
  const { staff, load: loadStaff, renew: renewStaff } = createStaff(records, page.locale, given.signal);
  const { cabinetAddress, mostPeople } = connect('');
  const mayChange = page.me.isAdmin;

  /** What a refresh begins with. What is on the screen stays there until the new is complete. */
  const loadAccount = async ({ report }: Progress): Promise<Account> => {
    forgetNews();
    const shown = connection.state.value;
    const employees = completeList(await renewStaff(loaded => report(loaded, 0)), page.me.id);
    const connected = await connection.ask();
    // Roles may have been saved, or the connection given up, while we were reading.
    if (connection.state.value === shown) connection.show(connected);
    return { employees, channels: connected.channels, list: connected.list };
  };
  const refresh = createRefresh({
    records,
    chat: connection.chat,
    memory: given.memory,
    locale: page.locale,
    now: Date.now,
    standInOwners: () => own.settings.value.standInOwners,
    loadAccount,
    mostPeople,
    signal: given.signal,
  });
  const { forgetNews, ...dialogs } = createDialogs({ ...given, own, staff, connection, refresh });

  return {
    ...dialogs,
    state: connection.state,
    staff,
    own,
    notify: createNotify({
      chat: connection.chat,
      list: () => connection.connected()?.list ?? null,
      onList: connection.showList,
    }),
    refresh,
    locale: page.locale,
    mayChange,
    admins: page.employees().flatMap(one => (one.admin && one.active ? [one.name] : [])),
    cabinetAddress,
    async start() {
      if (connection.isSetUp()) await Promise.all([connection.load(), mayChange ? loadStaff() : undefined]);
    },
    async check(typed) {
      if (await connection.check(typed)) await loadStaff();
    },
    disconnect() {
      forgetNews();
      connection.disconnect();
    },
  };
}
