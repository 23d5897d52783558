/**
 * The widget's own area in a foreign page: a shadow root that the page's CSS does not reach, with style sheets that a
 * strict content policy allows, and key events that the page's handlers do not see.
 */

/**
 * Typing in the widget must not trigger the CRM's shortcuts. Clicks and focus events propagate, because the CRM closes
 * its menus on them.
 */
const KEYS = ['keydown', 'keypress', 'keyup'] as const;

export type Corner = {
  readonly root: ShadowRoot;
  /** Adds style sheets of parts that load later. */
  readonly adopt: (css: readonly string[]) => void;
  /** Follows the page's theme. */
  readonly setTheme: (theme: 'light' | 'dark') => void;
  readonly remove: () => void;
};

/** Where to insert: into `parent`, after `after` or at the end. */
type Slot = { readonly parent: Element; readonly after: Element | null };

/** A page translator would move the text into elements of its own, which could not be updated any more. */
function leaveWords(element: HTMLElement): void {
  element.translate = false;
  element.classList.add('notranslate');
}

export function openCorner({ parent, after }: Slot, css: readonly string[]): Corner {
  // The page can hide the widget through this outer element, but its rules do not reach the content inside. The class
  // keeps rules for elements without a class away from it.
  const place = parent.ownerDocument.createElement('div');
  place.className = 'crm-chat-roles';
  leaveWords(place);
  // Takes a whole line if the parent is a flex row.
  place.style.flex = '1 0 100%';
  const host = parent.ownerDocument.createElement('div');
  leaveWords(host);
  place.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const adopt = (texts: readonly string[]): void => {
    const sheets = texts.map(text => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];
  };
  adopt(css);
  for (const key of KEYS) root.addEventListener(key, event => event.stopPropagation());
  if (after) after.after(place);
  else parent.append(place);
  return {
    root,
    adopt,
    setTheme: theme => {
      host.dataset['theme'] = theme;
    },
    remove: () => place.remove(),
  };
}
