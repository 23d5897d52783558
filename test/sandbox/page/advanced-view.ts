import type { Context, View } from './context.ts';
import { element } from './element.ts';
import { wordOf } from './widget-instance.ts';

/** A page of one widget: an empty area with the widget's name, filled by `advancedSettings`. */
export function advancedView({ words, app }: Context, code: string): View {
  const title = `${words.settings} — ${wordOf(app.widgets.list[code], 'widget.name') || code}`;
  const area = element('div', { id: `work-area-${code}`, class: 'work-area' });
  return {
    title,
    card: false,
    alone: true,
    content: element('div', { class: 'settings', id: 'list_page_holder' }, area),
  };
}
