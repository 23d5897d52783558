/** The settings panel: the state of the connection, what it shows, and what the admin can do next. */
import type { ReadonlySignal } from '@preact/signals';
import type { ClientsServer, Leaving, LeavingServer, OwnServer } from '../../account/account.ts';
import type { Chat } from '../../chat/chat.ts';
import type { Employee } from '../../../domain/employee.ts';
import { employeeLabels } from '../../../domain/namesakes.ts';
import type { HostPage, HostRecords } from '../../host/host.ts';
import type { OpenHistory } from '../history/part.tsx';
import { asFailure } from '../../http/failure.ts';
import type { OpenRoles } from '../roles/dialog.tsx';
import type { DraftStore } from '../roles/model/draft-store.ts';
import type { Staff } from '../roles/model/model.ts';
import type { OpenTrial } from '../trial/part.tsx';
import { createAgreement, type AgreementModel } from './agreement.ts';
import { createConnection, type PanelState } from './connection.ts';
import { createDialogs, type DialogsModel } from './dialogs.ts';
import type { SaveMemory } from './last-save.ts';
import { createLettingRoles, type LettingRoles } from './letting-roles.ts';
import { createNotify, type NotifyModel } from './notify.ts';
import { createOwn, type OwnModel } from './own.ts';
import { createRefresh, type RefreshModel } from './refresh.ts';
import { createStaff } from './staff.ts';

export type PanelModel = Omit<DialogsModel, 'forgetNews'> & {
  readonly state: ReadonlySignal<PanelState>;
  readonly staff: ReadonlySignal<Staff>;
  readonly own: OwnModel;
  readonly notify: NotifyModel;
  readonly refresh: RefreshModel;
  readonly agreement: AgreementModel;
  readonly locale: string;
  readonly mayChange: boolean;
  /** The names of admins, shown to people who may not change the settings. */
  readonly admins: readonly string[];
  readonly cabinetAddress: string;
  /** The address of a contact's or deal's card. */
  readonly cardOf: HostPage['cardOf'];
  /** The page on which an admin grants the server access to the CRM. */
  readonly allowAddress: () => string;
  readonly letting: LettingRoles;
  readonly start: () => Promise<void>;
  /** The ways to connect, each as in `ConnectionModel`. */
  readonly travel: (opening: string) => Promise<void>;
  readonly look: (key: string) => Promise<void>;
  readonly accept: () => Promise<void>;
  readonly check: (typed: string) => Promise<void>;
  readonly replace: () => void;
  readonly back: () => void;
  readonly disconnect: () => Promise<void>;
  /** What disconnecting deletes; `null` if unknown. */
  readonly leaving: (signal: AbortSignal) => Promise<Leaving | null>;
};

export function createPanelModel(given: {
  readonly page: HostPage;
  readonly records: HostRecords;
  readonly connect: (gateway: string) => Chat;
  readonly server: (gateway: string) => OwnServer;
  readonly clients: (gateway: string) => ClientsServer;
  readonly leaving: (gateway: string) => LeavingServer;
  readonly defaultChatUrl: string;
  readonly openRoles: () => Promise<OpenRoles>;
  readonly memory: SaveMemory;
  readonly drafts: DraftStore;
  readonly openTrial: OpenTrial;
  readonly openHistory: (gateway: string) => Promise<OpenHistory>;
  readonly signal: AbortSignal;
}): PanelModel {
  const { page, records, connect } = given;
  const own = createOwn(given);
  const connection = createConnection({ ...given, own });
  const { staff, load: loadStaff, renew: renewStaff } = createStaff(records, page.locale, given.signal);
  const { cabinetAddress, mostPeople } = connect('');
  const mayChange = page.me.isAdmin;

  /** The first step of a refresh. The screen keeps its content until the new data is complete. */
  const loadAccount = async (onProgress: (done: number) => void): Promise<number> => {
    forgetNews();
    const shown = connection.state.value;
    const count = await renewStaff(page.me.id, onProgress);
    const connected = await connection.ask();
    // Roles may have been saved, or the connection removed, during the request.
    if (connection.state.value === shown) connection.show(connected);
    return count;
  };
  const agreement = createAgreement({
    clients: () => given.clients(own.gateway()),
    signal: given.signal,
  });
  const refresh = createRefresh({
    check: agreement.check,
    loadAccount,
    mostPeople,
    signal: given.signal,
  });
  const { forgetNews, ...dialogs } = createDialogs({ ...given, own, staff, connection, refresh });

  return {
    ...connection,
    ...dialogs,
    staff,
    own,
    notify: createNotify({
      chat: connection.chat,
      list: () => connection.connected()?.list ?? null,
      onList: connection.showList,
    }),
    refresh,
    agreement,
    letting: createLettingRoles({ ...connection, locale: page.locale, signal: given.signal }),
    locale: page.locale,
    mayChange,
    admins: mayChange ? [] : adminsOf(page.employees()),
    cabinetAddress,
    cardOf: page.cardOf,
    async start() {
      if (!connection.isSetUp()) return;
      // The request about the connection may be what makes the server learn of the account.
      const loaded = connection.load();
      await (mayChange ? Promise.all([loaded.then(own.read), loadStaff()]) : loaded);
    },
    async check(typed) {
      await connection.check(typed);
      if (connection.connected()) await own.read();
    },
    replace() {
      forgetNews();
      connection.replace();
    },
    leaving: signal =>
      given
        .leaving(own.gateway())
        .leaving(signal)
        .catch((thrown: unknown) => {
          asFailure(thrown);
          return null;
        }),
    disconnect() {
      forgetNews();
      return connection.disconnect();
    },
  };
}

function adminsOf(employees: readonly Employee[]): readonly string[] {
  const labels = employeeLabels(employees);
  return employees.flatMap(one => (one.admin && one.active ? [labels.get(one.id) ?? one.name] : []));
}
