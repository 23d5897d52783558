/**
 * What widgets request and the sandbox lacks. Each gap is reported once: on the console, for tests, and to the stage,
 * whose bar lists it. No gap is silently ignored.
 */
import * as v from 'valibot';
import { ask } from './ask.ts';

/** An event on the document: the stage has another gap to list. */
export const LACKING = 'sandbox:lacking';

export type Gaps = {
  readonly name: (what: string) => void;
  /** Reports an error that the developer of a widget should see. */
  readonly tell: (what: string, error: unknown) => void;
};

export function createGaps(named: string[], isLeaving: () => boolean): Gaps {
  return {
    name(what) {
      if (isLeaving() || named.includes(what)) return;
      named.push(what);
      console.warn(`The sandbox lacks: ${what}`);
      ask('/_stage/lacking', v.unknown(), { what: what.slice(0, 300) })
        .then(() => document.dispatchEvent(new Event(LACKING)))
        .catch(() => undefined);
    },
    tell(what, error) {
      if (!isLeaving()) console.error(what, error);
    },
  };
}

/** Names that the language and tools look up on any object. */
const OTHERS = new Set(['then', 'toJSON', 'constructor', 'prototype', '$$typeof', 'nodeType']);

/** The same object, which reports reads of missing properties by name. `nested` properties are watched as well. */
export function watched<Given extends object>(
  given: Given,
  path: string,
  gaps: Gaps,
  nested: readonly string[] = [],
): Given {
  const inner = new Map<string, object>();
  return new Proxy(given, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol') return value;
      if (!(key in target) && !OTHERS.has(key)) gaps.name(`${path}.${key}`);
      if (!nested.includes(key) || typeof value !== 'object' || value === null) return value;
      const kept = inner.get(key) ?? watched(value, `${path}.${key}`, gaps);
      inner.set(key, kept);
      return kept;
    },
  });
}
