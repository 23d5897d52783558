/** Bad habits of real pages that affect everything on them. */

/** Runs in the page before its own scripts. */
export type Rough = (() => void) | { readonly content: string };

const css = (rules: string): Rough => ({
  content: `addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = ${JSON.stringify(rules)};
    document.head.append(style);
  });`,
});

function extendPrototypes(): void {
  Object.assign(Array.prototype, { last: () => undefined, contains: () => false });
  Object.assign(Function.prototype, { method: () => undefined });
  Object.assign(String.prototype, { strip: () => '' });
  for (const name of ['each', 'clone'])
    Reflect.defineProperty(Object.prototype, name, { value: () => undefined, writable: true });
}

/** Adds them to every `for…in` loop: the CRM's jQuery then finds elements only by a tag, id or class. */
export function showPrototypes(): void {
  Object.assign(Object.prototype, { eachPair: () => undefined, deepCopy: () => ({}) });
}

function replaceAsyncTools(): void {
  const Native = window.Promise;
  window.Promise = class Zone<T> extends Native<T> {};
  const { fetch: ask } = window;
  window.fetch = (...given) => ask(...given).then(answer => answer);
  const NativeXhr = window.XMLHttpRequest;
  window.XMLHttpRequest = class Watched extends NativeXhr {
    constructor() {
      super();
      this.addEventListener('loadend', () => undefined);
    }
  };
}

function stealFocus(): void {
  addEventListener('DOMContentLoaded', () => {
    const thief = document.createElement('input');
    thief.setAttribute('aria-label', 'thief');
    document.body.append(thief);
    setInterval(() => thief.focus(), 50);
    document.addEventListener('focusin', event => {
      if (event.target !== thief) thief.focus();
    });
  });
}

function stealKeys(): void {
  for (const type of ['keydown', 'keypress', 'keyup']) {
    for (const target of [window, document]) {
      target.addEventListener(
        type,
        event => {
          event.stopImmediatePropagation();
          event.preventDefault();
        },
        true,
      );
    }
  }
}

function warOfLayers(): void {
  addEventListener('DOMContentLoaded', () => {
    const chat = document.createElement('div');
    chat.style.cssText =
      'position:fixed;inset:auto 0 0 auto;width:80px;height:80px;z-index:2147483647;background:red';
    document.body.append(chat);
  });
}

const shiftClock = (days: number): Rough => ({
  content: `{
    const Native = Date;
    const shift = ${days} * 24 * 3600_000;
    window.Date = class extends Native {
      constructor(...given) {
        if (given.length === 0) super(Native.now() + shift);
        else super(...given);
      }
      static now() { return Native.now() + shift; }
    };
  }`,
});

export const ROUGH: readonly (readonly [name: string, rough: Rough])[] = [
  ['resets everything with !important', css('* { all: unset !important }')],
  [
    'styles everything with !important',
    css(`
      * { font: 24px serif !important; color: red !important; letter-spacing: 0.2em !important;
        text-transform: uppercase !important; animation: none !important; direction: rtl !important }
      /* The CRM itself would break. */
      div:not([class], [id]) { float: right !important; position: absolute !important; width: 10px !important;
        opacity: 0.1 !important; visibility: hidden !important; pointer-events: none !important;
        transform: scale(2) !important; filter: blur(9px) !important }
    `),
  ],
  ['covers a corner with the highest z-index', warOfLayers],
  ['steals the focus', stealFocus],
  ['takes every key before all others', stealKeys],
  ['extends the prototypes of arrays, objects, functions and strings', extendPrototypes],
  ['replaces Promise, fetch and XMLHttpRequest', replaceAsyncTools],
  ['is zoomed to 150 %', css('html { zoom: 1.5 }')],
  ['runs on a computer whose clock is a day ahead', shiftClock(1)],
  ['runs on a computer whose clock is a day behind', shiftClock(-1)],
];
