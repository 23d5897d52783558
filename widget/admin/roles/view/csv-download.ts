/** Downloads a text as UTF-16LE; see rules/csv.ts. */

/** Safari keeps reading for a while after the press. */
const READ_BY_THEN = 10_000;

/**
 * The link is never added to the page, so the CRM's click handlers do not see it. Its address is revoked afterwards.
 */
export function download(document: Document, name: string, text: string): void {
  const bytes = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at += 1) bytes.setUint16(at * 2, text.charCodeAt(at), true);
  const address = URL.createObjectURL(new Blob([bytes], { type: 'text/csv;charset=utf-16le' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), READ_BY_THEN);
}
