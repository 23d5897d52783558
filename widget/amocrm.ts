/**
 * The entry point: the object that amoCRM or Kommo constructs for each page. The CRM finds the callbacks by name and
 * calls them in an order of its own: `settings` whenever the settings window opens, `destroy` whenever the person
 * leaves the page. Source: the CRM's script.js page.
 */
import type { SettingsWindow } from './app/admin.tsx';
import { isUnfinished, mountCard } from './app/card.tsx';
import { mountingWith, type Mounting } from './app/mounting.ts';
import { amocrmKit } from './host/amocrm/kit.ts';
import { cardSlots } from './host/amocrm/slots.ts';
import { appOf, type AmoWidget } from './host/amocrm/widget.ts';
import type { Dispose } from './host/host.ts';
import { PATIENCE_MS } from './seller/card/card-shell.ts';

export function CrmChatRoles(this: AmoWidget): void {
  const widget = this;
  const disposals = new Set<Dispose>();
  /** The content of the open settings window; replaced when the window opens again. */
  let settings: Promise<SettingsWindow> | null = null;
  const leaveCard = (): void => {
    disposals.forEach(dispose => dispose());
    disposals.clear();
  };
  const closeSettings = (): void => {
    void settings?.then(({ close }) => close());
    settings = null;
  };

  widget.callbacks = {
    render() {
      const mounting = mountingOn(widget);
      const { kind } = mounting.kit.page.place;
      // An instance that lives on (`init_once`) is rendered for the next page without a `destroy` in between. On the
      // settings page, a render follows an installation while the settings window is open.
      leaveCard();
      if (kind !== 'settings') closeSettings();
      // The list of contacts shows no part of the widget, but a claim may have been started there.
      if (kind === 'elsewhere' && isUnfinished(mounting))
        void sellerPart()
          .then(({ resume }) => resume(mounting))
          .catch(ignore);
      if (kind !== 'contact' && kind !== 'deal' && kind !== 'unsaved') return true;
      const slots = cardSlots(widget, document);
      if (slots) disposals.add(mountCard(mounting, slots));
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
      void settings?.then(({ crmSaved, disabled }) => (active === 'Y' ? crmSaved() : disabled()));
      return true;
    },
    contacts: {
      selected() {
        leaveCard();
        disposals.add(openedList(widget));
        return true;
      },
    },
    destroy() {
      closeSettings();
      leaveCard();
    },
  };
}

const mountingOn = (widget: AmoWidget, modal?: Element): Mounting =>
  mountingWith(nameless =>
    amocrmKit({
      app: appOf(window),
      widget,
      document,
      origin: location.origin,
      nameless,
      ...(modal ? { modal } : {}),
    }),
  );

const sellerPart = () => import('./app/seller.tsx');
/** Failures are ignored here: the next page continues what an earlier page left unfinished. */
const ignore = (): void => undefined;

function openedList(widget: AmoWidget): Dispose {
  const mounting = mountingOn(widget);
  const listed = widget.list_selected?.();
  const late = new Promise<never>((_, fail) => {
    setTimeout(fail, PATIENCE_MS);
  });
  const part = Promise.all([sellerPart(), import('./host/amocrm/picked.ts')]);
  const opening = Promise.race([part, late]).then(([{ openList }, { pickedContacts }]) =>
    openList(mounting, pickedContacts(listed)),
  );
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
  const [{ openSettings }, { settingsFrame }] = await Promise.all([
    import('./app/admin.tsx'),
    import('./host/amocrm/settings-frame.ts'),
  ]);
  return openSettings(settingsFrame(modal, widget), () => mountingOn(widget, modal));
}
