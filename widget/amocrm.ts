/**
 * The entry: the object that amoCRM or Kommo constructs for each page, and nothing else. The CRM finds the callbacks by
 * their names and calls them in an order of its own: `settings` at every opening of the modal, `destroy` whenever
 * the person moves on. Sources: the CRM's script.js page.
 */
import { field, text } from './host/amocrm/reading.ts';
import { amocrmPage } from './host/amocrm/page.ts';
import { cardSlots } from './host/amocrm/slots.ts';
import { appOf, type AmoWidget } from './host/amocrm/widget.ts';
import { PATIENCE_MS } from './claim/first.ts';
import type { Undo } from './host/host.ts';
import { isUnfinished, mountCard, type Mounting } from './mount.tsx';
import type { SettingsWindow } from './settings-window.tsx';
import { createDictionary } from './words.tsx';

export function CrmChatRoles(this: AmoWidget): void {
  const widget = this;
  const undos = new Set<Undo>();
  /** What the open settings modal shows; replaced when it is opened again. */
  let settings: Promise<SettingsWindow> | null = null;
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
      const mounting = mountingFor(widget);
      // An instance that lives on (`init_once`) is rendered for the next page without a `destroy` in between. On the
      // settings page rendering again follows an installation, with the modal open.
      leaveCard();
      if (mounting.page.place.kind !== 'settings') closeSettings();
      // Nothing of ours stands in the list of contacts, but a claim may have been begun there.
      if (mounting.page.place.kind === 'elsewhere' && isUnfinished(mounting.page))
        void sellerPart().then(({ resume }) => resume(mounting), ignore);
      const { kind } = mounting.page.place;
      if (kind !== 'contact' && kind !== 'deal' && kind !== 'unsaved') return true;
      const slots = cardSlots(widget, document);
      if (slots) undos.add(mountCard(mounting, slots));
      return true;
    },
    init: () => true,
    bind_actions: () => true,
    settings(modalBody) {
      closeSettings();
      const modal = modalBody[0];
      if (modal) settings = settingsIn(modal, widget);
      return true;
    },
    onSave({ active }) {
      void settings?.then(({ kept, disabled }) => (active === 'Y' ? kept() : disabled()));
      return true;
    },
    contacts: {
      selected() {
        leaveCard();
        undos.add(openedList(widget));
        return true;
      },
    },
    destroy() {
      closeSettings();
      leaveCard();
    },
  };
}

function mountingFor(widget: AmoWidget, modal?: Element): Mounting {
  const page = amocrmPage({
    app: appOf(window),
    widget,
    document,
    nameless: id => dictionary.words('card.employee', { id }),
    ...(modal ? { modal } : {}),
  });
  const first = typeof widget.langs === 'object' && widget.langs !== null ? widget.langs : {};
  const dictionary = createDictionary(page.locale, first);
  return {
    page,
    dictionary,
    integrationId: text(field(widget.get_settings(), 'oauth_client_uuid')),
    origin: location.origin,
  };
}

const sellerPart = () => import('./connect-seller.tsx');
/** What an earlier page left waits for the next one. */
const ignore = (): void => undefined;

function openedList(widget: AmoWidget): Undo {
  const mounting = mountingFor(widget);
  const listed = widget.list_selected?.();
  const late = new Promise<never>((_, fail) => {
    setTimeout(fail, PATIENCE_MS);
  });
  const opening = Promise.race([sellerPart(), late]).then(({ openList }) => openList(mounting, listed));
  opening.catch(() => {
    const { words } = mounting.dictionary;
    appOf(window).notifications?.show_message_error({
      header: words('card.button'),
      text: words('card.notLoaded'),
    });
  });
  return () => void opening.then(close => close(), ignore);
}

async function settingsIn(modal: Element, widget: AmoWidget): Promise<SettingsWindow> {
  const { openSettings } = await import('./settings-window.tsx');
  return openSettings(
    modal,
    () => widget.get_install_status(),
    one => mountingFor(widget, one),
  );
}
