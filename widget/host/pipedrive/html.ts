/** Converts between our plain text and the HTML of Pipedrive's notes. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const asHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, sign => ESCAPES[sign] ?? '').replaceAll('\n', '<br>');

/** The text that a reader sees. A parsed document runs no scripts and loads nothing. */
export function plain(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  body.querySelectorAll('br').forEach(one => one.replaceWith('\n'));
  body.querySelectorAll('p, div, li').forEach(one => one.append('\n'));
  return (body.textContent ?? '').trim();
}
