/**
 * Runs the widgets of a page in the CRM's order of calls. On each change of page it destroys the previous instances
 * (except those that live on, `init_once`), requests the list, and for each widget loads the script through RequireJS
 * and calls the constructor, `render`, `init` and `bind_actions`. An error in one widget stops only that widget.
 */
import { required } from './amd.ts';
import type { Gaps } from './gaps.ts';
import type { HostApp } from './host-app.ts';
import type { JQueryStatic } from './jquery.ts';
import {
  isComplete,
  savedFields,
  type Abstract,
  type WidgetEntry,
  type WidgetInstance,
  type WidgetParams,
} from './widget-instance.ts';
import { nameUncalled } from './widget-gaps.ts';
import type { WidgetList } from './widget-list.ts';

export type WidgetError = { readonly code: string; readonly error: unknown };

export type LoaderOptions = {
  readonly $: JQueryStatic;
  readonly app: HostApp;
  /** Mixed into each widget's prototype. */
  readonly abstract: Abstract;
  readonly listFor: (area: string) => Promise<WidgetList>;
  readonly errors: WidgetError[];
  readonly gaps: Gaps;
};

export type Loader = {
  /** Destroys the previous widgets and runs those of the page. Resolves to the list when all have been started. */
  readonly load: () => Promise<Readonly<Record<string, WidgetEntry>>>;
  /** As after an installation: starts the widget, or renders it again if it is running. */
  readonly restart: (code: string, entry: WidgetEntry) => Promise<void>;
  readonly destroy: (code: string) => void;
  /** Calls into a widget. An error is recorded and logged, and the result is `undefined`. */
  readonly guarded: <T>(code: string, call: () => T) => T | undefined;
};

/** One start of a page's widgets. Results that arrive after the page has changed are dropped. */
type Run = { stale: boolean; readonly starting: Set<string> };
type Constructor = { new (): WidgetInstance; readonly prototype: object };

export function createLoader({ $, app, abstract, listFor, errors, gaps }: LoaderOptions): Loader {
  const { list } = app.widgets;
  let current: Run = { stale: true, starting: new Set() };

  const guarded: Loader['guarded'] = (code, call) => {
    try {
      return call();
    } catch (error) {
      report(code, error);
      return undefined;
    }
  };
  const report = (code: string, error: unknown): void => {
    errors.push({ code, error });
    gaps.tell(`Widget ${code}`, error);
    // The error may be caused by something that the CRM has and the sandbox lacks.
    gaps.name(`${code}: ${String(error)}`);
  };

  const destroy = (code: string): void => {
    const widget = list[code];
    if (!widget) return;
    guarded(code, () => widget.callbacks.destroy?.());
    $(document).off(widget.ns);
    $(`#widgets_block .card-widgets__widget-${code}`).remove();
    delete list[code];
  };

  const create = (code: string, entry: WidgetEntry, Widget: Constructor, langs: Record<string, unknown>) => {
    Object.assign(Widget.prototype, abstract);
    const widget = new Widget();
    widget.ns = `.widget:${code}`;
    widget.init_once = entry.init_once;
    widget.set_lang(namedLangs(langs, entry));
    widget.set_settings(paramsOf(code, entry));
    return widget;
  };

  const run = (code: string, widget: WidgetInstance, mine: Run): void => {
    const init = (): void => {
      if (mine.stale) return;
      $(document).trigger(`widget:${code}:loaded`);
      guarded(code, () => widget.callbacks.init());
    };
    const rendered = widget.callbacks.render();
    if (isThenable(rendered)) rendered.then(init, (error: unknown) => report(code, error));
    else if (rendered) init();
    widget.callbacks.bind_actions();
    fillPage(code, widget);
  };

  /** Widgets that run on every page are also on other widgets' pages. */
  const fillPage = (code: string, widget: WidgetInstance): void => {
    if (app.getWidgetsArea() !== `advanced-settings:${code}`) return;
    guarded(code, () => widget.callbacks.advancedSettings?.());
  };

  const start = async (code: string, entry: WidgetEntry, mine: Run): Promise<void> => {
    if (mine.starting.has(code)) return;
    mine.starting.add(code);
    const files = await required(addresses(entry)).catch((error: unknown) => report(code, error));
    mine.starting.delete(code);
    if (mine.stale || !files) return;
    const [Widget, langs] = files;
    const running = list[code];
    if (running) {
      guarded(code, () => running.callbacks.render());
      fillPage(code, running);
      return;
    }
    if (!isConstructor(Widget)) {
      if (Widget !== undefined) gaps.name(`${code}: script.js gives no constructor`);
      return;
    }
    try {
      const widget = create(code, entry, Widget, { ...Object(langs) });
      if (!isComplete(widget)) {
        gaps.name(`${code}: render, init and bind_actions have to be functions`);
        return;
      }
      nameUncalled(widget, code, gaps);
      list[code] = widget;
      run(code, widget, mine);
    } catch (error) {
      report(code, error);
      if (app.getWidgetsArea() === 'widgetsSettings') list[code] = stub(code, entry, abstract);
    }
  };

  const load: Loader['load'] = async () => {
    current.stale = true;
    const mine: Run = { stale: false, starting: new Set() };
    current = mine;
    Object.entries(list).forEach(([code, widget]) => {
      if (!survives(widget)) destroy(code);
    });
    const area = app.getWidgetsArea();
    const { widgets, system } = await listFor(area);
    if (mine.stale) return {};
    app.widgets.system = system;
    const runs = Object.entries(widgets).filter(
      ([, one]) => one.active === 'Y' || area === 'widgetsSettings',
    );
    await Promise.all(runs.map(([code, entry]) => start(code, entry, mine)));
    return widgets;
  };

  return { load, destroy, guarded, restart: (code, entry) => start(code, entry, current) };
}

const survives = ({ init_once, params }: WidgetInstance): boolean =>
  init_once === 'Y' && params?.widget_active === 'Y';

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function';

const isConstructor = (value: unknown): value is Constructor => typeof value === 'function';

/** Only these two addresses contain the version; a file requested by script.js itself does not. */
const addresses = ({ src, lang, installed_version }: WidgetEntry): string[] => [
  `optional!${src}?v=${installed_version}`,
  `json!${lang}?v=${installed_version}`,
];

/** The texts in the integration's form on the server take precedence over those in the package. */
function namedLangs(
  langs: Record<string, unknown>,
  { name, description }: WidgetEntry,
): Record<string, unknown> {
  const own: Record<string, unknown> = { ...Object(langs['widget']) };
  if (name) own['name'] = name;
  if (description) own['description'] = description;
  return { ...langs, widget: own };
}

export function paramsOf(code: string, entry: WidgetEntry): WidgetParams {
  const { id, path, cdn_path, images_path, installed_version, oauth_client_uuid, active, status, support } =
    entry;
  return {
    ...savedFields(entry.settings),
    id,
    widget_code: code,
    path,
    ...(cdn_path === undefined ? {} : { cdn_path }),
    images_path,
    version: installed_version,
    oauth_client_uuid: oauth_client_uuid ?? '',
    active,
    widget_active: active,
    status,
    support,
  };
}

const yes = (): boolean => true;

/** Replaces a failed widget on the integrations page, so that it can still be configured or removed. */
function stub(code: string, entry: WidgetEntry, abstract: Abstract): WidgetInstance {
  const callbacks = { render: yes, init: yes, bind_actions: yes, settings: yes, onSave: yes, destroy: yes };
  const widget: WidgetInstance = {
    ns: `.widget:${code}`,
    init_once: entry.init_once,
    callbacks,
    ...abstract,
  };
  widget.set_lang({ widget: { name: code } });
  widget.set_settings(paramsOf(code, entry));
  return widget;
}
