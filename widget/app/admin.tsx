/** The part of the package for admins: the settings window with its panel and dialogs. Cards do not load it. */
import type { VNode } from 'preact';
import { clientsServer } from '../account/clients.ts';
import { leavingServer } from '../account/leaving.ts';
import { ownServer } from '../account/server.ts';
import { saveMemory } from '../admin/panel/last-save.ts';
import { createPanelModel, type PanelModel } from '../admin/panel/model.ts';
import { Panel } from '../admin/panel/Panel.tsx';
import settings from '../admin/panel/settings.css?inline';
import type { OpenRoles } from '../admin/roles/dialog.tsx';
import { draftStore } from '../admin/roles/model/draft-store.ts';
import roles from '../admin/roles/roles.css?inline';
import { openTrial } from '../admin/trial/part.tsx';
import trial from '../admin/trial/trial.css?inline';
import { forgetAccount } from '../browser/storage.ts';
import type { Dispose, HostPage, OpenRecords, SettingsFrame, Slot } from '../host/host.ts';
import controls from '../ui/controls.css?inline';
import kit from '../ui/kit.css?inline';
import { refuseSecondPress } from '../ui/second-press.ts';
import type { Words } from '../words/words.tsx';
import type { Mounting } from './mounting.ts';
import { DEFAULT_SERVER, openServices } from './services.ts';
import { show } from './show.tsx';

export type SettingsWindow = {
  readonly close: Dispose;
  /** The CRM has saved the value that the widget offered. */
  readonly crmSaved: () => void;
  /** The CRM has switched the widget off. */
  readonly disabled: () => void;
};

/** Shows the panel in the CRM's settings window and updates it when the window changes. */
export async function openSettings(frame: SettingsFrame, mount: () => Mounting): Promise<SettingsWindow> {
  let shown: (SettingsWindow & { readonly slot: Slot; readonly status: string }) | null = null;
  const { dictionary, kit } = mount();
  const [openRecords] = await Promise.all([kit.loadRecords(), dictionary.complete()]);
  const follow = (): void => {
    const now = frame.status();
    if (shown && shown.status === now && frame.holds(shown.slot)) return;
    shown?.close();
    const slot = frame.slot();
    shown = { slot, status: now, ...mountPanel(mount().kit.page, openRecords, dictionary.words, slot) };
  };
  follow();
  const unfollow = frame.onChange(follow);
  return {
    crmSaved: () => shown?.crmSaved(),
    disabled: () => shown?.disabled(),
    close() {
      unfollow();
      shown?.close();
      shown = null;
    },
  };
}

function mountPanel(page: HostPage, openRecords: OpenRecords, words: Words, slot: Slot): SettingsWindow {
  const leaving = new AbortController();
  const { model, view, css } = connectSettings({ page, openRecords, words, signal: leaving.signal });
  const { root, remove } = show(page, words, slot, [kit, ...css], view);
  refuseSecondPress(root, leaving.signal);
  void model.start();
  return {
    crmSaved: model.own.crmSaved,
    // Deletes what the widget stored on this computer.
    disabled: () => forgetAccount(() => localStorage, page.account.id),
    close() {
      leaving.abort();
      remove();
    },
  };
}

export function connectSettings({
  page,
  openRecords,
  words,
  signal,
  openRoles = async () => (await import('../admin/roles/dialog.tsx')).openRoles,
}: {
  readonly page: HostPage;
  readonly openRecords: OpenRecords;
  readonly words: Words;
  /** Aborts when the panel closes. Saves in progress continue. */
  readonly signal: AbortSignal;
  /** Above the panel, unless told. */
  readonly openRoles?: () => Promise<OpenRoles>;
}): { readonly model: PanelModel; readonly view: VNode; readonly css: readonly string[] } {
  const { records, reach, chatAt } = openServices(openRecords, words);
  const whose = { account: page.account.id, person: page.me.id };
  const model = createPanelModel({
    page,
    records,
    connect: chatAt,
    server: gateway => ownServer(reach(gateway)),
    clients: gateway => clientsServer(reach(gateway)),
    leaving: gateway => leavingServer(reach(gateway)),
    defaultChatUrl: DEFAULT_SERVER,
    openRoles,
    openTrial,
    openHistory: async gateway => (await import('./history.ts')).connectHistory(reach(gateway)),
    memory: saveMemory(() => localStorage, whose),
    drafts: draftStore(() => localStorage, whose),
    signal,
  });
  return { model, view: <Panel model={model} />, css: [controls, settings, roles, trial] };
}
