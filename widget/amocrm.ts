/**
 * The entry: the object that amoCRM or Kommo constructs for each page, and nothing else. The CRM finds the callbacks by
 * their names and calls them in an order of its own: `settings` at every opening of the modal, `destroy` whenever
 * the person moves on. Sources: the CRM's script.js page.
 */
import { field, text } from './host/amocrm/reading.ts';
import { amocrmPage } from './host/amocrm/page.ts';
import { cardSlots, modalOf, onModalChange, settingsSlot, type Slot } from './host/amocrm/slots.ts';
import { appOf, type AmoWidget } from './host/amocrm/widget.ts';
import type { Undo } from './host/host.ts';
import { mountCard, mountSettings, type Mounting } from './mount.tsx';
import { createDictionary } from './words.tsx';

export function CrmChatRoles(this: AmoWidget): void {
  const widget = this;
  const undos = new Set<Undo>();
  /** What the open settings modal shows; replaced when it is opened again. */
  let settings: OpenSettings | null = null;

  widget.callbacks = {
    render() {
      const mounting = mountingFor(widget);
      const { kind } = mounting.page.place;
      if (kind !== 'contact' && kind !== 'unsaved') return true;
      const slots = cardSlots(widget, document);
      if (slots) undos.add(mountCard(mounting, slots));
      return true;
    },
    init: () => true,
    bind_actions: () => true,
    settings(modalBody) {
      settings?.close();
      const modal = modalOf(modalBody);
      settings = modal && openSettings(widget, modal);
      return true;
    },
    onSave({ active }) {
      if (active === 'Y') settings?.kept();
      if (active === 'N') settings?.disabled();
      return true;
    },
    destroy() {
      settings?.close();
      settings = null;
      undos.forEach(undo => undo());
      undos.clear();
    },
  };
}

function mountingFor(widget: AmoWidget, modal?: Element): Mounting {
  const page = amocrmPage({ app: appOf(window), widget, document, ...(modal ? { modal } : {}) });
  const first = typeof widget.langs === 'object' && widget.langs !== null ? widget.langs : {};
  return {
    page,
    dictionary: createDictionary(page.locale, first),
    integrationId: text(field(widget.get_settings(), 'oauth_client_uuid')),
    origin: location.origin,
  };
}

type OpenSettings = {
  readonly close: Undo;
  readonly kept: () => void;
  readonly disabled: () => void;
};

/** Shows the panel and keeps showing the right one: Install changes the modal without telling us. */
function openSettings(widget: AmoWidget, modal: Element): OpenSettings {
  let shown: {
    readonly slot: Slot;
    readonly status: string;
    readonly mounted: ReturnType<typeof mountSettings>;
  } | null = null;
  const hide = (): void => {
    void shown?.mounted.then(({ remove }) => remove());
    shown = null;
  };
  const follow = (): void => {
    const status = widget.get_install_status();
    if (shown && shown.status === status && modal.contains(shown.slot.parent)) return;
    hide();
    const slot = settingsSlot(modal);
    shown = { slot, status, mounted: mountSettings(mountingFor(widget, modal), slot) };
  };
  follow();
  const unfollow = onModalChange(modal, follow);
  return {
    kept: () => void shown?.mounted.then(({ kept }) => kept()),
    disabled: () => void shown?.mounted.then(({ disabled }) => disabled()),
    close() {
      unfollow();
      hide();
    },
  };
}
