/** Where in the CRM's settings modal our panel goes. Apart from slots.ts, because every card loads that one. */
import type { Undo } from '../host.ts';
import { nativeInput } from './own-settings.ts';
import type { Slot } from './slots.ts';

/**
 * Our place in the settings modal: right below the one native field, which stays in the form but out of sight, and above
 * the CRM's own Save, which has to be the last thing in the window.
 */
export function settingsSlot(modal: Element): Slot {
  const field = nativeInput(modal)?.closest<HTMLElement>('.widget_settings_block__item_field');
  if (field) field.style.display = 'none';
  const parent = field?.parentElement ?? modal.querySelector('.widget_settings_block__fields') ?? modal;
  return { parent, after: field ?? null };
}

/** Install replaces parts of the modal without calling us again. */
export function onModalChange(modal: Element, listener: () => void): Undo {
  const observer = new MutationObserver(listener);
  observer.observe(modal, { childList: true, subtree: true });
  return () => observer.disconnect();
}
