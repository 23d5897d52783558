/** The requests of the CRM's own buttons in a widget's window. */
import * as v from 'valibot';
import type { JQueryStatic } from './jquery.ts';
import { entrySchema, type WidgetEntry } from './widget-instance.ts';

const answerSchema = v.object({ widget: entrySchema });

/** Resolves to the present entry; the page keeps the files that it has loaded. */
export async function changeIntegration(
  $: JQueryStatic,
  { code, entry }: { readonly code: string; readonly entry: WidgetEntry },
  action: 'install' | 'save' | 'disable',
  fields: Readonly<Record<string, unknown>> = {},
): Promise<WidgetEntry> {
  const answer = await new Promise((resolve, reject) => {
    const data = { action, fields: JSON.stringify(asText(fields)) };
    $.ajax({ url: `/ajax/widgets/${code}`, type: 'POST', data, dataType: 'json' }).then(resolve, reject);
  });
  const { active, status, settings } = v.parse(answerSchema, answer).widget;
  return { ...entry, active, status, settings };
}

/** A widget may put any value into the fields before they are saved. */
const asText = (fields: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    ]),
  );
