/**
 * The constant `widgets_cache_version`: an area's version of the list of widgets. Any answer to a jQuery request of the
 * page may contain a newer one in a header; it is inferred that it applies to every area.
 */
import * as v from 'valibot';
import type { Boot } from '../wire/boot.ts';
import type { JQueryStatic } from './jquery.ts';

const HEADER = 'X-Core-Widgets-Cache-Version';
const constantSchema = v.fallback(v.record(v.string(), v.string()), {});
const answerSchema = v.object({ getResponseHeader: v.function() });

/** The versions known now, always in the same object. */
export function listVersions($: JQueryStatic, { constants }: Boot): Record<string, string> {
  const versions = v.parse(constantSchema, constants['widgets_cache_version']);
  $(document).on('ajaxComplete', (_event, answer) => {
    const version = headerOf(answer);
    if (version === undefined) return;
    for (const area of Object.keys(versions)) versions[area] = version;
  });
  return versions;
}

function headerOf(answer: unknown): string | undefined {
  if (!v.is(answerSchema, answer)) return undefined;
  const header: unknown = Reflect.apply(answer.getResponseHeader, answer, [HEADER]);
  return typeof header === 'string' ? header : undefined;
}
