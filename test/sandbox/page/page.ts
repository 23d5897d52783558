/**
 * The emulated CRM page: starts RequireJS and the CRM's globals, then follows links without reloading. Each change of
 * place shows the new view, fires `page:changed`, and runs the widgets.
 */
import * as v from 'valibot';
import { bootSchema } from '../wire/boot.ts';
import { abstractWidget } from './abstract-widget.ts';
import { advancedView } from './advanced-view.ts';
import { configureAmd } from './amd.ts';
import { addressOf, currentPath, pathAt } from './base.ts';
import { contactCard } from './contact-card.ts';
import { contactsView } from './contacts-view.ts';
import type { Context, View } from './context.ts';
import { dealCard } from './deal-card.ts';
import { dealsView } from './deals-view.ts';
import { createGaps, LACKING, type Gaps } from './gaps.ts';
import { watchLeaving } from './leaving.ts';
import { createApp, seenByWidgets } from './host-app.ts';
import type { Backbone, JQueryStatic } from './jquery.ts';
import { createListCache } from './list-cache.ts';
import { listVersions } from './list-versions.ts';
import { createLoader, type WidgetError } from './loader.ts';
import { modalClass } from './modal.ts';
import { createNotifications, type Shown } from './notifications.ts';
import { placeOf, type Place } from './place.ts';
import { settingsView } from './settings-view.ts';
import { createShell } from './shell.ts';
import { createSocket } from './socket.ts';
import { listenToSelects } from './system-control-events.ts';
import { nameThrown, nameUnanswered } from './widget-gaps.ts';
import { widgetLists } from './widget-list.ts';
import { wordsIn } from './words.ts';
import './trusted.ts';
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

/** For tests only: what the page observed about its widgets. */
type Observed = {
  readonly notifications: Shown[];
  readonly errors: WidgetError[];
  /** What widgets requested and the sandbox lacks. */
  readonly lacking: string[];
};
declare global {
  interface Window {
    sandbox: Observed;
  }
}

function start($: JQueryStatic, Backbone: Backbone, observed: Observed, gaps: Gaps): void {
  const boot = v.parse(bootSchema, JSON.parse(document.querySelector('#boot')?.textContent ?? ''));
  const words = wordsIn(boot.language);

  const events = new EventSource('/_page/events');
  let place: Place = placeOf(currentPath());
  let view: View | undefined;
  let visit = 0;
  const versions = listVersions($, boot);
  const cache = createListCache(boot, area => versions[area]);
  const app = createApp({
    boot,
    notifications: createNotifications(observed.notifications, words.close),
    place: () => place,
    clearCache: cache.clear,
    listVersions: versions,
    gaps,
  });
  window.APP = seenByWidgets(app, gaps);
  window.AMOCRM = window.APP;
  const openModal = modalClass($, words, gaps);
  window.define('lib/components/base/modal', [], () => openModal);
  const loader = createLoader({
    $,
    app,
    abstract: abstractWidget(
      $,
      app,
      {
        socket: createSocket(events, gaps),
        contacts: () => view?.contacts?.() ?? [],
        selected: () => view?.selected?.() ?? [],
      },
      gaps,
    ),
    listFor: widgetLists($, cache),
    errors: observed.errors,
    gaps,
  });
  const shell = createShell(boot, words);

  const viewOf = async (next: Place): Promise<View> => {
    if (next.kind === 'settings') return settingsView(context);
    if (next.kind === 'advanced') return advancedView(context, next.code);
    if (next.kind === 'list') return next.entity === 'leads' ? dealsView(context) : contactsView(context);
    return next.entity === 'leads' ? dealCard(context, next.id) : contactCard(context, next.id);
  };
  const enter = async (path: string, visited: (path: string) => void): Promise<void> => {
    visit += 1;
    const mine = visit;
    const next = placeOf(path);
    const nextView = await viewOf(next);
    if (mine !== visit) {
      // Removes jQuery's data of a card too, even if the card was never shown.
      $(nextView.content).remove();
      return;
    }
    visited(path);
    place = next;
    view = nextView;
    Object.assign(app.data, {
      current_card: view.card,
      is_card: app.isCard(),
      current_entity: app.getBaseEntity(),
    });
    $('#card_holder').remove();
    shell.show(view);
    $(document).trigger('page:changed');
    $(document).trigger('widgets:load');
  };
  const runWidgets = async (): Promise<void> => {
    const shown = view;
    const off = boot.me.isFree || (boot.me.isAdmin && window.APP.constant('safe_mode') === true);
    const entries = off ? {} : await loader.load();
    if (shown === view) shown?.loaded?.(entries);
  };
  const navigate = (path: string): void => void enter(path, to => history.pushState(null, '', addressOf(to)));
  const context: Context = { $, Backbone, app, boot, words, loader, openModal, gaps, navigate };

  $(document).on('widgets:load', () => {
    runWidgets().catch((error: unknown) => gaps.tell('The list of widgets did not come', error));
  });
  document.addEventListener('click', event => followed(event, navigate));
  window.addEventListener('popstate', () => void enter(currentPath(), () => undefined));
  listen(events, () => view?.refresh?.());
  listenToSelects($);
  nameUnanswered($, gaps);
  nameThrown(window, gaps);
  void enter(currentPath(), () => undefined);
}

function followed(event: MouseEvent, navigate: (path: string) => void): void {
  const link =
    event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a.js-navigate-link');
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const path = pathAt(link.pathname);
  if (path === undefined) return;
  event.preventDefault();
  navigate(path);
}

function listen(events: EventSource, changed: () => void): void {
  events.addEventListener('changed', changed);
  events.addEventListener('lacking', () => document.dispatchEvent(new Event(LACKING)));
  events.addEventListener('reload', () => location.reload());
}

const seen: Observed = { notifications: [], errors: [], lacking: [] };
window.sandbox = seen;
const gaps = createGaps(seen.lacking, watchLeaving(window));
configureAmd(gaps);
start(window.jQuery, window.Backbone, seen, gaps);
