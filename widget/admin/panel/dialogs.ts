/** The dialogs above the panel, one at a time: roles, trial of the chats, history. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import type { RoleList } from '../../chat/chat.ts';
import { onChannels } from '../../../domain/assignment.ts';
import type { Channel } from '../../../domain/channel.ts';
import type { Employee } from '../../../domain/employee.ts';
import { newcomerRole, readOwnRules } from '../../../domain/own-rules.ts';
import type { HostPage } from '../../host/host.ts';
import { allowed } from '../../browser/storage.ts';
import { settle } from '../../work/settle.ts';
import type { OpenHistory } from '../history/part.tsx';
import type { OpenRoles } from '../roles/dialog.tsx';
import type { Change } from '../roles/rules/draft.ts';
import type { StoredDraft, DraftStore } from '../roles/model/draft-store.ts';
import type { RolesGiven, Staff } from '../roles/model/model.ts';
import type { Saved } from '../roles/model/save.ts';
import type { Occasion } from '../trial/model.ts';
import type { OpenTrial } from '../trial/part.tsx';
import { channelWithFirstRoles, usableChannels } from '../trial/trial.ts';
import type { Connected, ConnectionModel } from './connection.ts';
import { dialogRefresh } from './dialog-refresh.tsx';
import type { SaveMemory } from './last-save.ts';
import type { OwnModel } from './own.ts';
import type { RefreshModel } from './refresh.ts';
import { newlyWithoutChannel } from './without-channel.ts';

export type DialogState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly render: (onClose: () => void) => VNode }
  /** Caused by a defect of our own. */
  | { readonly kind: 'failed' };

/** The result of the admin's last action. */
export type News =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'roles-saved';
      /** People who now have several channels and no default channel. */
      readonly withoutChannel: readonly Employee[];
      /** How many roles another admin changed in the meantime. Those changes were kept. */
      readonly alongside: number;
    };

export type DialogsModel = {
  readonly dialog: ReadonlySignal<DialogState>;
  readonly news: ReadonlySignal<News>;
  readonly forgetNews: () => void;
  /** Opens the roles, for one channel if given; `resume` opens them with the edits stored on this computer. */
  readonly select: (channelId?: string, resume?: 'resume') => Promise<void>;
  /** Unsaved edits of roles stored on this computer. */
  readonly waitingDraft: ReadonlySignal<StoredDraft | null>;
  readonly discardDraft: () => void;
  readonly tryChats: () => Promise<void>;
  readonly history: () => Promise<void>;
  readonly closeDialog: () => void;
};

/** A draft as if it had been edited by hand just now. */
const storedNow = (changes: readonly Change[]): StoredDraft | null =>
  changes.length > 0 ? { at: Date.now(), changes } : null;

export function createDialogs(given: {
  readonly page: HostPage;
  readonly own: OwnModel;
  readonly staff: ReadonlySignal<Staff>;
  readonly connection: ConnectionModel;
  readonly refresh: RefreshModel;
  /** Loads a separate part: most people who open the settings do not open the roles. */
  readonly openRoles: () => Promise<OpenRoles>;
  readonly openTrial: OpenTrial;
  readonly openHistory: (gateway: string) => Promise<OpenHistory>;
  readonly memory: SaveMemory;
  readonly drafts: DraftStore;
}): DialogsModel {
  const { page, own, staff, connection, memory, drafts } = given;
  const dialog = signal<DialogState>({ kind: 'closed' });
  const news = signal<News>({ kind: 'none' });
  const forgetNews = (): void => {
    news.value = { kind: 'none' };
  };

  let lastSave = allowed(memory.read);
  const waitingDraft = signal(allowed(drafts.read));
  const close = (): void => {
    waitingDraft.value = allowed(drafts.read);
    dialog.value = { kind: 'closed' };
  };

  const rolesSaved = (before: Connected, list: RoleList, { alongside }: Saved): void => {
    const employees = staff.value.kind === 'ready' ? staff.value.employees : [];
    const saved = { employees: employees.map(({ id }) => id) };
    lastSave = saved;
    allowed(() => memory.write(saved));
    const rules = readOwnRules(own.text.value);
    const { channels } = before;
    const was = onChannels(before.list.assignments, channels);
    const is = onChannels(list.assignments, channels);
    news.value = {
      kind: 'roles-saved',
      withoutChannel: newlyWithoutChannel(rules, employees, was, is),
      alongside,
    };
    close();
    const first = channelWithFirstRoles(was, is, channels);
    if (first) void offerTrial(first);
  };

  const failed = (): DialogState => ({ kind: 'failed' });
  const trialOf = (occasion: Occasion, first?: Channel): DialogState | null => {
    const connected = connection.connected();
    const [channel, ...others] = usableChannels(connected?.channels ?? []);
    if (!connected || !channel) return null;
    const { list, mode } = connected;
    const render = given.openTrial({
      occasion,
      knowsRoles: mode !== 'channels',
      page,
      chat: connection.chat(),
      channels: [channel, ...others],
      first,
      list,
      staff,
      onRoles: connection.showList,
    });
    return { kind: 'open', render };
  };
  /** The admin did not ask for this dialog, so it is skipped if they have moved on or if it fails. */
  const offerTrial = (first: Channel): Promise<void> =>
    settle<DialogState>(
      dialog,
      async () => (dialog.value.kind === 'closed' ? trialOf('offer', first) : null),
      () => null,
    );

  const openRoles = (how: Pick<RolesGiven, 'scope' | 'drafts' | 'resume' | 'note'>): Promise<void> =>
    settle<DialogState>(
      dialog,
      async () => {
        const open = await given.openRoles();
        const connected = connection.connected();
        if (!connected) return null;
        forgetNews();
        const rules = readOwnRules(own.text.value);
        const render = open({
          ...how,
          chat: connection.chat(),
          channels: connected.channels,
          areAllKnown: connected.channelsNotUnderstood === 0,
          list: connected.list,
          staff,
          refresh: dialogRefresh(given.refresh),
          locale: page.locale,
          now: Date.now,
          me: page.me.id,
          standInOwners: own.settings.value.standInOwners,
          contactsOf: page.contactsOf,
          knownBefore: lastSave && new Set(lastSave.employees),
          newcomerRole: groupId => newcomerRole(rules, groupId),
          onList: connection.showList,
          onSaved: (list, saved) => rolesSaved(connected, list, saved),
        });
        return { kind: 'open', render };
      },
      failed,
    );

  return {
    dialog,
    news,
    forgetNews,
    waitingDraft,
    discardDraft() {
      allowed(drafts.drop);
      waitingDraft.value = null;
    },
    select: (scope, resume) => openRoles({ scope, drafts, resume: resume !== undefined }),
    history: () =>
      settle<DialogState>(
        dialog,
        async () => {
          const open = await given.openHistory(own.gateway());
          const render = open({
            staff,
            channels: () => connection.connected()?.channels ?? [],
            async roles() {
              const list = await connection.chat().roles();
              connection.showList(list);
              return list;
            },
            locale: page.locale,
            isDraftWaiting: computed(() => waitingDraft.value !== null),
            onEarlier: (changes, note) =>
              openRoles({ drafts: { ...drafts, read: () => storedNow(changes) }, resume: true, note }),
          });
          return { kind: 'open', render };
        },
        failed,
      ),
    tryChats: () => settle<DialogState>(dialog, async () => trialOf('asked'), failed),
    closeDialog: close,
  };
}
