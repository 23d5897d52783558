import { addressOf } from './base.ts';
import { element } from './element.ts';

/** A link that the page follows without reloading. */
export const link = (
  path: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLAnchorElement => {
  const made = element('a', { ...attributes, href: addressOf(path) }, ...children);
  made.classList.add('js-navigate-link');
  return made;
};
