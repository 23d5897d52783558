/** A widget as the loader sees it, and its entry in the CRM's list. */
import * as v from 'valibot';

const yesNo = v.picklist(['Y', 'N']);

/** The fields that widgets rely on; the CRM may send more. */
export const entrySchema = v.looseObject({
  id: v.number(),
  src: v.string(),
  lang: v.string(),
  path: v.string(),
  cdn_path: v.optional(v.string()),
  images_path: v.string(),
  name: v.string(),
  description: v.string(),
  settings: v.unknown(),
  installed_version: v.string(),
  init_once: yesNo,
  active: yesNo,
  status: v.string(),
  oauth_client_uuid: v.nullish(v.string()),
  support: v.unknown(),
  /** Specific to the sandbox: the key of the title of a page of advanced settings. */
  advanced_title: v.optional(v.string()),
});
export type WidgetEntry = v.InferOutput<typeof entrySchema>;

/** The saved fields: a JSON string, an object, or an empty array if there are none. */
export function savedFields(settings: unknown): Record<string, unknown> {
  const value: unknown = typeof settings === 'string' && settings !== '' ? JSON.parse(settings) : settings;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

type Callback = (...given: unknown[]) => unknown;

export type Callbacks = {
  render: Callback;
  init: Callback;
  bind_actions: Callback;
  settings?: Callback;
  onSave?: Callback;
  destroy?: Callback;
  advancedSettings?: Callback;
  onInstall?: Callback;
  /** The list of contacts with several of them selected. */
  contacts?: { selected?: Callback };
  /** The same for the list of deals. */
  leads?: { selected?: Callback };
};

/** Contains these and the saved value of each field. */
export type WidgetParams = {
  widget_code: string;
  images_path: string;
  version: string;
  oauth_client_uuid: string;
  status: string;
  widget_active: 'Y' | 'N';
  [name: string]: unknown;
};

export type WidgetInstance = {
  ns: string;
  init_once: 'Y' | 'N';
  /** Undefined inside the constructor. */
  params?: Partial<WidgetParams>;
  langs?: Record<string, unknown>;
  callbacks: Callbacks;
  readonly set_lang: (langs: Record<string, unknown>) => void;
  readonly set_settings: (params: Partial<WidgetParams>) => void;
  readonly i18n: (key: string) => unknown;
};

/** The methods mixed into a widget that the loader itself needs. */
export type Abstract = Pick<WidgetInstance, 'set_lang' | 'set_settings' | 'i18n'>;

/** A text of the widget; empty if it has none. */
export function wordOf(widget: WidgetInstance | undefined, key: string): string {
  const word = widget?.i18n(key);
  return typeof word === 'string' ? word : '';
}

/** The CRM accepts only widgets with the three callbacks. */
export function isComplete(widget: { readonly callbacks?: Partial<Callbacks> }): boolean {
  const { render, init, bind_actions } = widget.callbacks ?? {};
  return [render, init, bind_actions].every(callback => typeof callback === 'function');
}
