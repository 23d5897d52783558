import type { Boot } from '../wire/boot.ts';
import { addressOf } from './base.ts';
import { element, icon } from './element.ts';
import { flyout } from './flyout.ts';
import { ICONS } from './icons.ts';
import type { Words } from './words.ts';

/** The person logged in on this host name, and all others to log in as. */
export function personMenu({ me, employees }: Boot, words: Words): HTMLElement {
  const others = employees
    .filter(({ id, isActive }) => isActive && id !== me.id)
    .map(({ id, name }) =>
      element(
        'li',
        {},
        element('button', { type: 'submit', name: 'employee', value: id, class: 'menu__item' }, name),
      ),
    );
  const menu = element(
    'form',
    { class: 'menu', id: 'person-menu', method: 'post', action: addressOf('/login') },
    element('p', { class: 'menu__title' }, words.logInAs),
    element('ul', {}, ...others),
  );
  const button = element(
    'button',
    { type: 'button', class: 'tool', title: `${words.loggedInAs}: ${me.name}` },
    icon(ICONS.person),
    element('span', { class: 'tool__name' }, me.name),
    me.isAdmin && element('span', { class: 'tool__role' }, words.admin),
  );
  flyout(button, menu);
  return element('div', { class: 'person' }, button, menu);
}
