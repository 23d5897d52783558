/** Parts of the widget with functions that can be made to throw or never to answer. */

/** `later`: it answers with a promise that rejects. */
export type Break = 'at once' | 'later' | 'never';

export type Breakage = {
  /** The same object, whose functions can later be broken by `name.function`. */
  readonly part: <T extends object>(thing: T, name: string) => T;
  readonly breaks: (what: string, how: Break) => void;
};

export function createBreakage(): Breakage {
  const broken = new Map<string, Break>();
  return {
    breaks: (what, how) => broken.set(what, how),
    part: (thing, name) =>
      new Proxy(thing, {
        get(target, key, receiver) {
          const value: unknown = Reflect.get(target, key, receiver);
          if (typeof value !== 'function') return value;
          return (...given: unknown[]): unknown => {
            const how = broken.get(`${name}.${String(key)}`);
            if (how === undefined) return Reflect.apply(value, target, given);
            if (how === 'never') return new Promise(() => undefined);
            const defect = new TypeError("Cannot read properties of undefined (reading 'id')");
            if (how === 'later') return Promise.reject(defect);
            throw defect;
          };
        },
      }),
  };
}
