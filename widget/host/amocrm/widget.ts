/**
 * The part of the contract between amoCRM/Kommo and a widget that is used here. The vendor describes it on the
 * script.js page; what is missing there comes from the page's behaviour. Everything from the page is `unknown` until it
 * is checked (reading.ts), because constants vary between numbers and strings.
 */
import { field } from './reading.ts';

export type YesNo = 'Y' | 'N';

/** The jQuery object that `settings` is called with: element 0 is the modal's body. */
export type ModalBody = { readonly 0?: Element | undefined };

export type AmoCallbacks = {
  readonly render: () => boolean;
  readonly init: () => boolean;
  readonly bind_actions: () => boolean;
  readonly settings: (modalBody: ModalBody) => boolean;
  readonly onSave: (saved: { readonly active: YesNo; readonly fields: Record<string, string> }) => boolean;
  readonly contacts?: { readonly selected: () => boolean };
  readonly destroy: () => void;
};

/** What the CRM mixes into the prototype before it calls the constructor. */
export type AmoWidget = {
  callbacks: AmoCallbacks;
  /** Empty inside the constructor. */
  readonly langs: unknown;
  readonly get_settings: () => unknown;
  readonly get_install_status: () => string;
  /** The selection in a list of the CRM. */
  readonly list_selected?: () => unknown;
  /**
   * Subscribes the page to changes by others; returns a function that unsubscribes. The channels are documented, the
   * messages are not, so a message is treated only as a hint.
   */
  readonly listenSocketChannel?: (
    channel: string,
    keys: readonly string[],
    listener: () => void,
  ) => (() => void) | undefined;
  readonly render_template: (template: {
    readonly caption: { readonly class_name: string };
    readonly body: string;
    readonly render: string;
  }) => void;
};

/** `window.APP`, on amoCRM also `window.AMOCRM`. Only documented members are used, and none is written. */
export type AmoApp = {
  readonly constant: (name: 'user' | 'user_rights' | 'account' | 'managers' | 'groups') => unknown;
  readonly getBaseEntity: () => string;
  readonly getWidgetsArea: () => string;
  readonly lang_id?: string;
  readonly data: { readonly current_card?: unknown };
  readonly notifications?: {
    readonly show_message_error: (said: { readonly header: string; readonly text: string }) => void;
  };
};

const isApp = (value: unknown): value is AmoApp =>
  typeof value === 'object' && value !== null && 'constant' in value && typeof value.constant === 'function';

/** Both products call it `APP`; older amoCRM pages `AMOCRM`. */
export function appOf(page: Window): AmoApp {
  const app = [field(page, 'APP'), field(page, 'AMOCRM')].find(isApp);
  if (!app) throw new Error('This page is neither amoCRM nor Kommo');
  return app;
}
