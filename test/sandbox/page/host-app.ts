/**
 * `window.APP`, also known as `window.AMOCRM`: what widgets may read of the page. Constants are copied and frozen for
 * each reader, so that a widget that writes one fails here and not at a customer.
 */
import type { Boot } from '../wire/boot.ts';
import { CF_TYPES, ELEMENT_TYPES, FORMATS } from './app-numbers.ts';
import { watched, type Gaps } from './gaps.ts';
import type { BackboneModel } from './jquery.ts';
import type { Notifications } from './notifications.ts';
import { areasOf, type Place } from './place.ts';
import type { WidgetInstance } from './widget-instance.ts';

/** The current card. `main_user` is what the page knew when the card was opened or saved here. */
export type CurrentCard = {
  readonly id: number;
  readonly model: BackboneModel;
  readonly form: { readonly model: BackboneModel };
  main_user: string;
  /** 1 is a contact, 2 a deal. */
  readonly element_type: 1 | 2;
  readonly new_card: boolean;
};

export type HostApp = {
  readonly constant: (name: string) => unknown;
  readonly lang_id: string;
  /** False on screens where the right column covers the card. */
  readonly notSmall: boolean;
  readonly data: { current_card: CurrentCard | false; is_card: boolean; current_entity: string };
  readonly isCard: () => boolean;
  readonly getBaseEntity: () => string;
  readonly getWidgetsArea: () => string;
  readonly getV3WidgetsArea: () => string;
  readonly element_types: Readonly<Record<string, number>>;
  readonly cf_types: Readonly<Record<string, number>>;
  readonly system: { readonly format: typeof FORMATS };
  readonly notifications: Notifications;
  readonly widgets: {
    readonly list: Record<string, WidgetInstance>;
    system: Readonly<Record<string, unknown>>;
    readonly clear_cache: () => void;
  };
};

declare global {
  interface Window {
    APP: HostApp;
    /** The older name. */
    AMOCRM: HostApp;
  }
}

const WIDE = '(min-width: 1024px)';

export type AppOptions = {
  readonly boot: Boot;
  readonly notifications: Notifications;
  readonly place: () => Place;
  readonly clearCache: () => void;
  /** Updated while the page is open. */
  readonly listVersions: Readonly<Record<string, string>>;
  readonly gaps: Gaps;
};

export function createApp(options: AppOptions): HostApp {
  const { boot, notifications, place, clearCache } = options;
  return {
    constant: name => frozenCopy(constantNow(name, options)),
    lang_id: boot.language,
    get notSmall() {
      return matchMedia(WIDE).matches;
    },
    data: { current_card: false, is_card: false, current_entity: '' },
    isCard: () => place().kind === 'card',
    getBaseEntity: () => areasOf(place()).entity,
    getWidgetsArea: () => areasOf(place()).widgets,
    getV3WidgetsArea: () => areasOf(place()).v3,
    element_types: ELEMENT_TYPES,
    cf_types: CF_TYPES,
    system: { format: FORMATS },
    notifications,
    widgets: { list: {}, system: {}, clear_cache: clearCache },
  };
}

/** The global that widgets see; reads of missing properties are reported. */
export const seenByWidgets = (app: HostApp, gaps: Gaps): HostApp =>
  watched(app, 'APP', gaps, ['data', 'element_types', 'cf_types', 'system', 'notifications', 'widgets']);

function constantNow(name: string, { boot, listVersions, gaps }: AppOptions): unknown {
  if (name === 'user') return userNow(boot);
  if (name === 'widgets_cache_version') return listVersions;
  if (!(name in boot.constants)) gaps.name(`APP.constant('${name}')`);
  return boot.constants[name];
}

/** The theme may have changed since the page was created. */
function userNow({ constants }: Boot): unknown {
  const dark = document.documentElement.dataset['colorScheme'] === 'dark';
  return { ...Object(constants['user']), theme: dark ? 2 : 1 };
}

function frozenCopy(value: unknown): unknown {
  return frozen(structuredClone(value));
}

function frozen(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
