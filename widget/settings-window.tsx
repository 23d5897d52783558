/**
 * The CRM's settings window: shows the panel there and keeps showing the right one, because Install changes the window
 * without telling us. A part of its own, since no card needs it.
 */
import { connectSettings } from './connect-settings.tsx';
import { onModalChange, settingsSlot } from './host/amocrm/settings-slot.ts';
import type { Slot } from './host/amocrm/slots.ts';
import type { Undo } from './host/host.ts';
import type { Mounting } from './mount.tsx';
import { show } from './show.tsx';
import kit from './ui/kit.css?inline';
import { refuseSecondPress } from './ui/second-press.ts';

declare const __CHAT_URL__: string;

export type SettingsWindow = {
  readonly close: Undo;
  /** The CRM has saved what we offered it. */
  readonly kept: () => void;
  /** The CRM has switched the widget off. */
  readonly disabled: () => void;
};

/** `status`: of the widget's installation, by the CRM's word for it. */
export async function openSettings(
  modal: Element,
  status: () => string,
  mountingFor: (modal: Element) => Mounting,
): Promise<SettingsWindow> {
  let shown: (SettingsWindow & { readonly slot: Slot; readonly status: string }) | null = null;
  const { dictionary } = mountingFor(modal);
  await dictionary.complete();
  const follow = (): void => {
    const now = status();
    if (shown && shown.status === now && modal.contains(shown.slot.parent)) return;
    shown?.close();
    const slot = settingsSlot(modal);
    shown = { slot, status: now, ...mountSettings({ ...mountingFor(modal), dictionary }, slot) };
  };
  follow();
  const unfollow = onModalChange(modal, follow);
  return {
    kept: () => shown?.kept(),
    disabled: () => shown?.disabled(),
    close() {
      unfollow();
      shown?.close();
      shown = null;
    },
  };
}

function mountSettings({ page, dictionary, integrationId, origin }: Mounting, slot: Slot): SettingsWindow {
  const leaving = new AbortController();
  const { model, disabled, view, css } = connectSettings({
    page,
    integrationId,
    origin,
    defaultChatUrl: __CHAT_URL__,
    signal: leaving.signal,
    words: dictionary.words,
  });
  const { root, remove } = show(page, dictionary.words, slot, [kit, ...css], view);
  refuseSecondPress(root, leaving.signal);
  void model.start();
  return {
    kept: model.own.kept,
    disabled,
    close() {
      leaving.abort();
      remove();
    },
  };
}
