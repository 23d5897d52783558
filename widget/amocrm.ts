/**
 * The entry: the object that amoCRM or Kommo constructs for each page, and nothing else. The CRM finds the callbacks by
 * their names and calls them in an order of its own: `settings` at every opening of the modal, `destroy` whenever
 * the person moves on. Sources: the CRM's script.js page.
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
  /** What the open settings modal shows; replaced when it is opened again. */
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
      // settings page rendering again follows an installation, with the modal open.
      leaveCard();
      if (kind !== 'settings') closeSettings();
      // Nothing of ours stands in the list of contacts, but a claim may have been begun there.
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
/** What an earlier page left waits for the next one. */
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
