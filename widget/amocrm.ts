/**
 * The entry: the object that amoCRM or Kommo constructs for each page, and nothing else. The CRM finds the callbacks by
 * their names and calls them in an order of its own: `settings` at every opening of the modal, `destroy` whenever
 * the person moves on. Sources: the CRM's script.js page.
 */
import { field, text } from './host/amocrm/reading.ts';
import { amocrmPage } from './host/amocrm/page.ts';
import { cardSlots } from './host/amocrm/slots.ts';
import { appOf, type AmoWidget } from './host/amocrm/widget.ts';
import type { Undo } from './host/host.ts';
import { mountCard, type Mounting } from './mount.tsx';
import type { SettingsWindow } from './settings-window.tsx';
import { createDictionary } from './words.tsx';

export function CrmChatRoles(this: AmoWidget): void {
  const widget = this;
  const undos = new Set<Undo>();
  /** What the open settings modal shows; replaced when it is opened again. */
  let settings: Promise<SettingsWindow> | null = null;
  let modal: Element | undefined;
  const leaveCard = (): void => {
    undos.forEach(undo => undo());
    undos.clear();
  };
  const closeSettings = (): void => {
    void settings?.then(({ close }) => close());
    settings = null;
  };

  widget.callbacks = {
    render() {
      // An instance that lives on (`init_once`) is rendered for the next page without a `destroy` in between. Rendering
      // again may also follow an installation, with the modal still open.
      leaveCard();
      if (!modal?.isConnected) closeSettings();
      const mounting = mountingFor(widget);
      if (!['contact', 'deal', 'unsaved'].includes(mounting.page.place.kind)) return true;
      const slots = cardSlots(widget, document);
      if (slots) undos.add(mountCard(mounting, slots));
      return true;
    },
    init: () => true,
    bind_actions: () => true,
    settings(modalBody) {
      closeSettings();
      modal = modalBody[0];
      if (modal) settings = settingsIn(modal, widget);
      return true;
    },
    onSave({ active }) {
      void settings?.then(({ kept, disabled }) => (active === 'Y' ? kept() : disabled()));
      return true;
    },
    destroy() {
      closeSettings();
      leaveCard();
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

async function settingsIn(modal: Element, widget: AmoWidget): Promise<SettingsWindow> {
  const { openSettings } = await import('./settings-window.tsx');
  return openSettings(
    modal,
    () => widget.get_install_status(),
    one => mountingFor(widget, one),
  );
}
