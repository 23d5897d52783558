/** Gaps of the sandbox that show in a widget's callbacks and failures. */
import type { Gaps } from './gaps.ts';
import type { JQueryStatic } from './jquery.ts';
import type { WidgetInstance } from './widget-instance.ts';

/** Callbacks that the sandbox calls. */
const CALLED = new Set([
  'render',
  'init',
  'bind_actions',
  'settings',
  'advancedSettings',
  'onSave',
  'onInstall',
  'destroy',
  'contacts',
  'leads',
]);

/** A widget may have callbacks for places that the sandbox lacks. */
export function nameUncalled(widget: WidgetInstance, code: string, gaps: Gaps): void {
  for (const name of Object.keys(widget.callbacks)) {
    if (!CALLED.has(name)) gaps.name(`${code}: callback ${name}`);
  }
}

/** Reports errors that a widget's own handlers throw later, outside any call by the page. */
export function nameThrown(page: Window, gaps: Gaps): void {
  page.addEventListener('error', ({ filename, message }) => {
    const [, code] = /\/upl\/([^/]+)\/widget\//.exec(filename) ?? [];
    if (code !== undefined) gaps.name(`${code}: ${message}`);
  });
}

/** Reports requests to other hosts that fail because no server answers or the host refuses them. */
export function nameUnanswered($: JQueryStatic, gaps: Gaps): void {
  $(document).on('ajaxError', (_event, answer, settings) => {
    const status = Number(Reflect.get(Object(answer), 'status'));
    const address = new URL(String(Reflect.get(Object(settings), 'url')), location.href);
    if (status === 0 && address.origin !== location.origin)
      gaps.name(`request ${address.origin}${address.pathname}`);
    const proxied = address.pathname === '/_page/proxy' && status === 502;
    if (proxied) gaps.name(`request ${address.searchParams.get('to')}`);
  });
}
