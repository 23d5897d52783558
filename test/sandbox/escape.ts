const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#039;',
};

/** Escapes text for HTML, as the CRM does with names in its constants. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, one => ENTITIES[one] ?? one);
