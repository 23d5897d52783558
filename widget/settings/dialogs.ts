/** What opens above the panel, one at a time: the roles, and the trial of the chats. Each loads as a part of its own. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { RoleList } from '../chat/chat.ts';
import type { Channel } from '../domain/channel.ts';
import type { Employee } from '../domain/employee.ts';
import { newcomerRole, readOwnRules } from '../domain/own-rules.ts';
import type { HostPage } from '../host/host.ts';
import type { OpenRoles } from '../roles/dialog.tsx';
import type { Kept, KeptChanges } from '../roles/model/kept-changes.ts';
import type { Staff } from '../roles/model/model.ts';
import type { Saved } from '../roles/model/save.ts';
import { createSinceSaved, type SinceSaved } from '../roles/model/since-saved.ts';
import { createUndoSave, type UndoSaveModel } from '../roles/model/undo-save.ts';
import type { Occasion } from '../trial/model.ts';
import type { OpenTrial } from '../trial/part.tsx';
import { channelWithFirstRoles, usableChannels } from '../trial/trial.ts';
import type { Connected, ConnectionModel } from './connection.ts';
import { dialogRefresh } from './dialog-refresh.tsx';
import type { OwnModel } from './own.ts';
import type { RefreshModel } from './refresh-model.ts';
import { newlyWithoutChannel } from './without-channel.ts';

export type DialogState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly render: (onClose: () => void) => VNode }
  | { readonly kind: 'not-loaded' };

/** What the last action of the admin led to. */
export type News =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'roles-saved';
      /** Who came to have several channels and no default one. */
      readonly withoutChannel: readonly Employee[];
      /** How many roles another admin had changed meanwhile: they were kept. */
      readonly alongside: number;
      readonly undo: UndoSaveModel;
    };

export type DialogsModel = {
  readonly dialog: ReadonlySignal<DialogState>;
  readonly news: ReadonlySignal<News>;
  readonly forgetNews: () => void;
  /** Opens the roles, on one channel if it is named; `resume` with the edits that wait on this computer. */
  readonly select: (channelId?: string, resume?: 'resume') => Promise<void>;
  /** Edits of roles that wait on this computer. */
  readonly draftKept: ReadonlySignal<Kept | null>;
  readonly discardDraft: () => void;
  readonly sinceSaved: SinceSaved;
  readonly tryChats: () => Promise<void>;
  readonly closeDialog: () => void;
};

export function createDialogs(given: {
  readonly page: HostPage;
  readonly own: OwnModel;
  readonly staff: ReadonlySignal<Staff>;
  readonly connection: ConnectionModel;
  readonly refresh: RefreshModel;
  readonly loadRoles: () => Promise<OpenRoles>;
  readonly loadTrial: () => Promise<OpenTrial>;
  readonly drafts: KeptChanges;
  readonly lastSaved: KeptChanges;
  readonly signal: AbortSignal;
}): DialogsModel {
  const { page, own, staff, connection, drafts } = given;
  const dialog = signal<DialogState>({ kind: 'closed' });
  const news = signal<News>({ kind: 'none' });

  const draftKept = signal(drafts.read());
  const sinceSaved = createSinceSaved({
    memory: given.lastSaved,
    chat: connection.chat,
    list: () => connection.connected()?.list ?? null,
    onList: connection.showList,
    now: Date.now,
    signal: given.signal,
  });
  const close = (): void => {
    draftKept.value = drafts.read();
    dialog.value = { kind: 'closed' };
  };

  const rolesSaved = (before: Connected, list: RoleList, { changes, alongside }: Saved): void => {
    sinceSaved.saved(list, changes);
    const onUndone = (undone: RoleList): void => {
      sinceSaved.forget();
      connection.showList(undone);
    };
    const chat = connection.chat();
    const employees = staff.value.kind === 'ready' ? staff.value.employees : [];
    const rules = readOwnRules(own.text.value);
    const [was, is] = [before.list.assignments, list.assignments];
    news.value = {
      kind: 'roles-saved',
      withoutChannel: newlyWithoutChannel(rules, employees, was, is),
      alongside,
      undo: createUndoSave({ chat, changes, employees, onUndone }),
    };
    close();
    const first = channelWithFirstRoles(was, is, before.channels);
    if (first) void showTrial('offer', first);
  };

  /** Nobody has asked for an offer: it is left out when it cannot be loaded or the admin has moved on meanwhile. */
  const showTrial = async (occasion: Occasion, first?: Channel): Promise<void> => {
    const connected = connection.connected();
    const [channel, ...others] = usableChannels(connected?.channels ?? []);
    if (!connected || !channel) return;
    if (occasion === 'asked') dialog.value = { kind: 'opening' };
    const openTrial = await given.loadTrial().catch(() => null);
    if (occasion === 'offer' && (!openTrial || dialog.value.kind !== 'closed')) return;
    if (!openTrial) {
      dialog.value = { kind: 'not-loaded' };
      return;
    }
    const render = openTrial({
      occasion,
      page,
      chat: connection.chat(),
      channels: [channel, ...others],
      first,
      list: connected.list,
      staff,
      onRoles: connection.showList,
    });
    dialog.value = { kind: 'open', render };
  };

  return {
    dialog,
    news,
    forgetNews: () => {
      news.value = { kind: 'none' };
    },
    draftKept,
    sinceSaved,
    discardDraft() {
      drafts.drop();
      draftKept.value = null;
    },
    async select(channelId, resume) {
      const connected = connection.connected();
      if (!connected) return;
      news.value = { kind: 'none' };
      dialog.value = { kind: 'opening' };
      const openRoles = await given.loadRoles().catch(() => null);
      if (!openRoles) {
        dialog.value = { kind: 'not-loaded' };
        return;
      }
      const render = openRoles({
        chat: connection.chat(),
        channels: connected.channels,
        list: connected.list,
        staff,
        refresh: dialogRefresh(given.refresh),
        scope: channelId,
        drafts,
        resume: resume !== undefined,
        locale: page.locale,
        now: Date.now,
        me: page.me.id,
        standInOwners: own.settings.value.standInOwners,
        contactsOf: page.contactsOf,
        newcomerRole: groupId => newcomerRole(readOwnRules(own.text.value), groupId),
        onList: connection.showList,
        onSaved: (list, saved) => rolesSaved(connected, list, saved),
      });
      dialog.value = { kind: 'open', render };
    },
    tryChats: () => showTrial('asked'),
    closeDialog: close,
  };
}
