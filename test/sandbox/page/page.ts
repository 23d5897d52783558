/**
 * The emulated CRM page: starts RequireJS and the CRM's globals, then follows links without loading itself
 * again. Each change of place shows the new view, announces `page:changed`, and runs the widgets.
 */
import * as v from 'valibot';
import { bootSchema } from '../wire/boot.ts';
import { abstractWidget } from './abstract-widget.ts';
import { configureAmd } from './amd.ts';
import { contactCard } from './contact-card.ts';
import { contactsView } from './contacts-view.ts';
import type { Context, View } from './context.ts';
import { dealCard } from './deal-card.ts';
import { dealsView } from './deals-view.ts';
import { createApp } from './host-app.ts';
import type { Backbone, JQueryStatic } from './jquery.ts';
import { createListCache } from './list-cache.ts';
import { createLoader, type WidgetError } from './loader.ts';
import { modalClass } from './modal.ts';
import { createNotifications, type Shown } from './notifications.ts';
import { placeOf, type Place } from './place.ts';
import { settingsView } from './settings-view.ts';
import { createShell } from './shell.ts';
import { widgetLists } from './widget-list.ts';
import { wordsIn } from './words.ts';
import './reset.css';
import './theme.css';
import './shell.css';
import './controls.css';
import './contacts.css';
import './card.css';
import './right-column.css';
import './modal.css';
import './settings.css';
import './notifications.css';

/** For tests only: what the page has seen of its widgets. */
type Observed = { readonly notifications: Shown[]; readonly errors: WidgetError[] };
declare global {
  interface Window {
    sandbox: Observed;
  }
}

function start($: JQueryStatic, Backbone: Backbone): void {
  const boot = v.parse(bootSchema, JSON.parse(document.querySelector('#boot')?.textContent ?? ''));
  const words = wordsIn(boot.language);
  const observed: Observed = { notifications: [], errors: [] };
  window.sandbox = observed;

  let place: Place = placeOf(location.pathname);
  let view: View | undefined;
  let visit = 0;
  const cache = createListCache(boot);
  const app = createApp({
    boot,
    notifications: createNotifications(observed.notifications, words.close),
    place: () => place,
    clearCache: cache.clear,
  });
  window.APP = app;
  window.AMOCRM = app;
  const openModal = modalClass($, words);
  window.define('lib/components/base/modal', [], () => openModal);
  const loader = createLoader({
    $,
    app,
    abstract: abstractWidget($, app, {
      contacts: () => view?.contacts?.() ?? [],
      selected: () => view?.selected?.() ?? [],
    }),
    listFor: widgetLists($, cache),
    errors: observed.errors,
  });
  const shell = createShell(boot, words);

  const viewOf = async (next: Place): Promise<View> => {
    if (next.kind === 'settings') return settingsView(context);
    if (next.kind === 'list') return next.entity === 'leads' ? dealsView(context) : contactsView(context);
    return next.entity === 'leads' ? dealCard(context, next.id) : contactCard(context, next.id);
  };
  const enter = async (path: string, visited: (path: string) => void): Promise<void> => {
    visit += 1;
    const mine = visit;
    const next = placeOf(path);
    const nextView = await viewOf(next);
    if (mine !== visit) return;
    visited(path);
    place = next;
    view = nextView;
    Object.assign(app.data, {
      current_card: view.card,
      is_card: app.isCard(),
      current_entity: app.getBaseEntity(),
    });
    shell.show(view);
    $(document).trigger('page:changed');
    $(document).trigger('widgets:load');
  };
  const runWidgets = async (): Promise<void> => {
    const shown = view;
    if (boot.me.isFree) return;
    const entries = await loader.load();
    if (shown === view) shown?.loaded?.(entries);
  };
  const navigate = (path: string): void => void enter(path, to => history.pushState(null, '', to));
  const context: Context = { $, Backbone, app, boot, words, loader, openModal, navigate };

  $(document).on('widgets:load', () => {
    runWidgets().catch((error: unknown) => console.error('The list of widgets did not come', error));
  });
  document.addEventListener('click', event => followed(event, navigate));
  window.addEventListener('popstate', () => void enter(location.pathname, () => undefined));
  listen(() => view?.refresh?.());
  void enter(location.pathname, () => undefined);
}

function followed(event: MouseEvent, navigate: (path: string) => void): void {
  const link =
    event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a.js-navigate-link');
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  navigate(link.pathname);
}

function listen(changed: () => void): void {
  const events = new EventSource('/_page/events');
  events.addEventListener('changed', changed);
  events.addEventListener('reload', () => location.reload());
}

configureAmd();
start(window.jQuery, window.Backbone);
