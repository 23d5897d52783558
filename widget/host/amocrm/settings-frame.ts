/** The CRM's settings window. Kept apart from slots.ts, because every card loads that file. */
import type { SettingsFrame, Slot } from '../host.ts';
import { nativeInput } from './own-settings.ts';
import type { AmoWidget } from './widget.ts';

export const settingsFrame = (modal: Element, widget: AmoWidget): SettingsFrame => ({
  status: () => widget.get_install_status(),
  slot: () => settingsSlot(modal),
  holds: ({ parent }) => modal.contains(parent),
  onChange(listener) {
    const observer = new MutationObserver(listener);
    observer.observe(modal, { childList: true, subtree: true });
    return () => observer.disconnect();
  },
});

/**
 * The widget's place in the settings window: below the one native field, which stays in the form but is hidden, and
 * above the CRM's own Save button, which must be last in the window.
 */
function settingsSlot(modal: Element): Slot {
  const field = nativeInput(modal)?.closest<HTMLElement>('.widget_settings_block__item_field');
  if (field) field.style.display = 'none';
  const parent = field?.parentElement ?? modal.querySelector('.widget_settings_block__fields') ?? modal;
  return { parent, after: field ?? null };
}
