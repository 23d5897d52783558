/** How a view rendered hostile strings, determined inside the page: which are shown, and what left its place. */
import type { Locator, Page } from 'playwright';

export type Inspection = {
  /** Positions in the given list whose string is not shown. */
  readonly missing: readonly number[];
  /** Elements and addresses that no view of ours contains. */
  readonly foreign: readonly string[];
  /** Elements that reach out of their panel or dialog, or make it scroll sideways. */
  readonly outside: readonly string[];
  /** Texts that reverse the words after them: an unclosed control character that no element isolates. */
  readonly turned: readonly string[];
  /** The number of scripts that ran. */
  readonly ran: number;
};

/** Defines a function for hostile code to call. Must run before the page loads. */
export const setTrap = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    Object.assign(window, {
      ran: 0,
      pwned: () => Object.assign(window, { ran: Reflect.get(window, 'ran') + 1 }),
    });
  });

/** `texts` are the strings that this view must show. They are sent as ASCII, because not all are well-formed. */
export function inspect(page: Page, texts: readonly string[]): Promise<Inspection> {
  return page.evaluate(wanted => {
    const open = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
      Array.from(shadowRoot?.querySelectorAll<HTMLElement>('dialog[open]') ?? []),
    );
    // Only the topmost dialog can be read.
    const top = open.at(-1);
    const corners = [...document.querySelectorAll('*')].flatMap(element =>
      element.shadowRoot && element.localName !== 'sandbox-stage' ? [element.shadowRoot] : [],
    );
    const roots = top ? [top] : corners;
    const all = roots.flatMap(root => [...root.querySelectorAll('*')]);
    /** Without direction controls, and regardless of line breaks. */
    const plain = (text: string): string =>
      text.replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '').replaceAll(/\s+(· )?/g, ' ');
    const said = plain(
      roots
        .map(root => root.textContent)
        .concat(all.map(element => element.getAttribute('aria-label') ?? ''))
        .concat(all.map(element => (element instanceof HTMLInputElement ? element.value : '')))
        .join('\n'),
    );
    const list: string[] = JSON.parse(wanted);
    // Browsers do not trim text, but names may have been trimmed.
    const isShown = (text: string): boolean => said.includes(plain(text).trim());

    const ALIEN =
      'script, iframe, img, object, embed, link, meta, base, form, style, video, audio, math, template, noscript';
    const SAFE = /^(https?:|#|\/)/;
    const isAlien = (element: Element): boolean =>
      element.matches(ALIEN) ||
      [...element.attributes].some(
        ({ name, value }) =>
          name.startsWith('on') ||
          (['href', 'src', 'action', 'formaction'].includes(name) &&
            (!SAFE.test(value) || /^[a-z:]*\/\/evil/i.test(value))),
      );

    const nameOf = (element: Element): string =>
      `${element.localName}.${element.className} ${(element.textContent ?? '').slice(0, 30)}`;
    const seen = all.filter(element => element.checkVisibility() && !element.closest('.unseen, svg'));
    const frameOf = (element: Element): Element => {
      const root = element.getRootNode();
      return element.closest('dialog') ?? (root instanceof ShadowRoot ? root.host : document.body);
    };
    const ranges = new Range();
    const reaches = (element: Element): boolean => {
      const frame = frameOf(element).getBoundingClientRect();
      const isOut = ({ left, right, width }: DOMRect): boolean =>
        width > 0 && (left < frame.left - 1 || right > frame.right + 1);
      if (element.matches('option, optgroup')) return false;
      if (isOut(element.getBoundingClientRect())) return true;
      if (element.matches('select') || getComputedStyle(element).overflowX !== 'visible') return false;
      return [...element.childNodes].some(node => {
        if (!(node instanceof Text)) return false;
        ranges.selectNodeContents(node);
        return [...ranges.getClientRects()].some(isOut);
      });
    };
    /** Each string ends with ‹its field›; what follows is our own text. */
    const TURNS = /[\u202A-\u202E\u2066-\u2068][^\u2069\u202C]*/;
    const BEFORE_OURS = /[\u202A-\u202E\u2066-\u2068][^\u2069\u202C]*›[^\u2069\u202C]*\p{L}/u;
    const ownText = (element: Element): string =>
      [...element.childNodes].map(node => (node instanceof Text ? node.data : '')).join('');
    const HELD_IN = /\u2068[^\u202A-\u202E\u2066-\u2069]*\u2069/g;
    const turns = (element: Element): boolean => {
      if (element.matches('option')) return false;
      const text = ownText(element).replaceAll(HELD_IN, '');
      if (BEFORE_OURS.test(text)) return true;
      const { display, unicodeBidi } = getComputedStyle(element);
      return TURNS.test(text) && display === 'inline' && !/isolate|plaintext/.test(unicodeBidi);
    };
    const scrolls = seen.filter(
      element =>
        /auto|scroll/.test(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth + 1,
    );
    const frames = new Set(seen.map(frameOf));
    const beyond = [...frames].filter(frame => {
      const { left, right } = frame.getBoundingClientRect();
      return left < -1 || right > innerWidth + 1;
    });
    return {
      missing: list.flatMap((text, at) => (isShown(text) ? [] : [at])),
      foreign: all.filter(isAlien).map(nameOf),
      outside: [...seen.filter(reaches), ...scrolls, ...beyond].map(nameOf).slice(0, 20),
      turned: seen.filter(turns).map(nameOf).slice(0, 20),
      ran: Number(Reflect.get(window, 'ran')),
    };
  }, asciiJson(texts));
}

/** Chooses each of these in a select and checks whether the quotation below it is right. */
export function misquoted(
  select: Locator,
  wanted: readonly (readonly [value: string, text: string])[],
): Promise<readonly string[]> {
  return select.evaluate(async (element, json) => {
    const list: [string, string][] = JSON.parse(json);
    const root = element.getRootNode();
    const wrong: string[] = [];
    if (!(element instanceof HTMLSelectElement) || !(root instanceof ShadowRoot)) return ['no select'];
    for (const [value, text] of list) {
      element.value = value;
      element.dispatchEvent(new Event('change', { bubbles: true }));
      // Preact renders in a microtask.
      await new Promise(drawn => {
        setTimeout(drawn);
      });
      if (root.querySelector('dialog[open] blockquote')?.textContent !== text) wrong.push(value);
    }
    return wrong;
  }, asciiJson(wanted));
}

/** Makes the window higher, and dialogs with it, so that a long list needs fewer steps. */
export const stretch = (page: Page, height: number): Promise<unknown> =>
  page.evaluate(px => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.dialog-large { block-size: ${px}px !important }`);
    for (const { shadowRoot } of document.querySelectorAll('*')) shadowRoot?.adoptedStyleSheets.push(sheet);
  }, height);

const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[\u007F-\uFFFF]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
