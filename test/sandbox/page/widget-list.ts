/** The widgets that the page must run, requested from the CRM or taken from the browser's cache. */
import * as v from 'valibot';
import type { JQueryStatic } from './jquery.ts';
import type { ListCache } from './list-cache.ts';
import { entrySchema } from './widget-instance.ts';

const listSchema = v.object({
  widgets: v.record(v.string(), entrySchema),
  system: v.record(v.string(), v.unknown()),
});
export type WidgetList = v.InferOutput<typeof listSchema>;

const timeSchema = v.object({ now: v.number() });

export function widgetLists($: JQueryStatic, cache: ListCache): (area: string) => Promise<WidgetList> {
  const ask = (area: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      $.ajax({ url: '/ajax/widgets/list', type: 'POST', data: { area }, dataType: 'json' }).then(
        resolve,
        reject,
      );
    });
  return async area => {
    const time = await fetch('/_page/time');
    const { now } = v.parse(timeSchema, await time.json());
    const kept = cache.read(area, now);
    if (kept !== undefined) return v.parse(listSchema, kept);
    const list = v.parse(listSchema, await ask(area));
    cache.write(area, now, list);
    return list;
  };
}
