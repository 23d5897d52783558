/**
 * Runs in the page: finds an element by its role and name, its label or its text, as a person would, also in shadow roots. It
 * is sent there as text, so it refers to nothing outside of itself.
 */

/** A plain text, or the parts of a regular expression. */
export type Wanted =
  | { readonly text: string; readonly exact: boolean }
  | { readonly source: string; readonly flags: string };

export type Step = {
  readonly by: 'role' | 'label' | 'text' | 'hasText';
  readonly role?: string;
  readonly wanted?: Wanted;
};

/** Each step searches in the elements that the step before it found. */
export function find(steps: readonly Step[]): readonly Element[] {
  const ROLES: Record<string, string> = {
    button: 'button, [role="button"], summary',
    dialog: 'dialog, [role="dialog"]',
    listitem: 'li, [role="listitem"]',
    radio: 'input[type="radio"], [role="radio"]',
    row: 'tr, [role="row"]',
    switch: '[role="switch"]',
    textbox: 'textarea, input:not([type]), input[type="text"], input[type="url"], [role="textbox"]',
  };
  const within = (root: ParentNode): Element[] => {
    const all = Array.from(root.querySelectorAll('*'));
    const inner = [root, ...all].flatMap(one =>
      one instanceof Element && one.shadowRoot ? [one.shadowRoot] : [],
    );
    return all.concat(inner.flatMap(within));
  };
  const isSeen = (one: Element): boolean =>
    one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden';
  const plain = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();
  const labelsOf = (one: Element): string =>
    one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement
      ? Array.from(one.labels ?? [], label => plain(label.textContent)).join(' ')
      : '';
  const nameOf = (one: Element): string =>
    one.getAttribute('aria-label') ??
    (labelsOf(one) || plain(one.textContent) || plain(one.getAttribute('title')));
  const fits = (text: string, wanted: Wanted | undefined): boolean => {
    if (!wanted) return true;
    if ('source' in wanted) return new RegExp(wanted.source, wanted.flags).test(text);
    return wanted.exact ? text === wanted.text : text.toLowerCase().includes(wanted.text.toLowerCase());
  };
  const look = (among: readonly Element[], { by, role = '', wanted }: Step): readonly Element[] => {
    if (by === 'role')
      return among.filter(one => one.matches(ROLES[role] ?? '') && fits(nameOf(one), wanted));
    if (by === 'label') return among.filter(one => labelsOf(one) !== '' && fits(labelsOf(one), wanted));
    const saying = among.filter(one => fits(plain(one.textContent), wanted));
    return saying.filter(one => !saying.some(other => other !== one && one.contains(other)));
  };
  const [first, ...rest] = steps;
  if (!first) return [];
  return rest.reduce<readonly Element[]>(
    (found, step) =>
      step.by === 'hasText'
        ? found.filter(one => fits(plain(one.textContent), step.wanted))
        : look(found.flatMap(within).filter(isSeen), step),
    look(within(document).filter(isSeen), first),
  );
}
