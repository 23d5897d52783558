/** Notes of Pipedrive are HTML, and ours are text. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const asHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, sign => ESCAPES[sign] ?? '').replaceAll('\n', '<br>');

/** What a reader sees of it. A document of its own runs and loads nothing. */
export function plain(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  body.querySelectorAll('br').forEach(one => one.replaceWith('\n'));
  body.querySelectorAll('p, div, li').forEach(one => one.append('\n'));
  return (body.textContent ?? '').trim();
}
