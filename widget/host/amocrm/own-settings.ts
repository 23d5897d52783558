/**
 * Own settings are stored as one string in one `custom` field of the manifest. The CRM renders that field as a hidden
 * input of its settings window and stores it when the admin presses the CRM's own Save.
 */
import { field, text } from './reading.ts';

export const FIELD = 'custom';

/** The string as the CRM last gave it to this page. Some code paths of the CRM pass it already parsed. */
export function savedField(settings: unknown): string {
  const value = field(settings, FIELD);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : text(value);
}

export const nativeInput = (modal: Element): HTMLInputElement | null =>
  modal.querySelector<HTMLInputElement>(`input[name="${FIELD}"]`);

/** Save stays disabled until a field reports a change. */
export function offerField(modal: Element, value: string): void {
  const input = nativeInput(modal);
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
