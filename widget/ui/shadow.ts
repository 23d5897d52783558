/**
 * Our corner of somebody else's page: a shadow root that the page's CSS does not reach, with style sheets that a
 * strict content policy allows, and with key strokes that the page's handlers do not see.
 */

/** A colleague typing into our search must not trigger the CRM's shortcuts. Clicks and focus go on: it closes its menus by them. */
const KEYS = ['keydown', 'keypress', 'keyup'] as const;

export type Corner = {
  readonly root: ShadowRoot;
  /** Adds style sheets, for what is loaded later. */
  readonly adopt: (css: readonly string[]) => void;
  /** Follows the page's theme. */
  readonly setTheme: (theme: 'light' | 'dark') => void;
  readonly remove: () => void;
};

/** Where a corner goes: into `parent`, right behind `after` or at its end. */
type Slot = { readonly parent: Element; readonly after: Element | null };

/** A page translator would move our words into elements of its own, which we could not change any more. */
function leaveWords(element: HTMLElement): void {
  element.translate = false;
  element.classList.add('notranslate');
}

export function openCorner({ parent, after }: Slot, css: readonly string[]): Corner {
  // What the page hides is hidden, though its rules do not reach our element within. Those for elements without a name
  // do not reach this one either.
  const place = parent.ownerDocument.createElement('div');
  place.className = 'crm-chat-roles';
  leaveWords(place);
  // A whole line of its own, should the parent be a flex row.
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
