/** The server's own pages, which people see between the chat service and the CRM. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { connect as en } from '../../locales/en.json';
import { connect as es } from '../../locales/es.json';
import { connect as id } from '../../locales/id.json';
import { connect as kk } from '../../locales/kk.json';
import { connect as pt } from '../../locales/pt.json';
import { connect as ru } from '../../locales/ru.json';
import { connect as tr } from '../../locales/tr.json';

const WORDS: ReadonlyMap<string, typeof en> = new Map(Object.entries({ en, es, id, kk, pt, ru, tr }));

/**
 * - `not-sent`: the CRM did not send this browser here, or did so too long ago
 * - `not-taken`: the service does not know what its page brought
 * - `in-use`: another account is connected with the same key
 * - `other-account`: the administrator let us write roles in another chat account than the connected one
 * - `roles-unreadable`: the service returns roles in a form that we do not know
 * - `not-allowed`: the CRM does not know what its page brought, or another browser started this
 * - `not-yet`: the service does not answer; the administrator can try the same again
 */
export type Ending =
  | 'connected'
  | 'declined'
  | 'allowed'
  | 'not-allowed'
  | 'not-sent'
  | 'not-taken'
  | 'in-use'
  | 'other-account'
  | 'roles-unreadable'
  | 'not-yet';
const GOOD: ReadonlySet<Ending> = new Set(['connected', 'declined', 'allowed']);

/** The first of the browser's languages that we have words for. */
export function languageOf({ req }: Context): string {
  const asked = (req.header('Accept-Language') ?? '').split(',').map(one => one.trim().slice(0, 2));
  return asked.find(one => WORDS.has(one)) ?? 'en';
}

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; color: #1c2733; background: #f2f4f6; margin: 0; }
  main { max-width: 34rem; margin: 8vh auto; padding: 2rem; background: #fff; border-radius: 8px; }
  h1 { font-size: 1.4rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
  li { overflow-wrap: anywhere; }
  .quiet { color: #5a6875; }
  .actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
  button { font: inherit; padding: .5rem 1.25rem; border: 1px solid #8592a0; border-radius: 4px; background: #fff; color: inherit; cursor: pointer; }
  button[value=no] { background: #1b6fc2; border-color: #1b6fc2; color: #fff; }
  button:focus-visible, input:focus-visible { outline: 3px solid #1c2733; outline-offset: 2px; }
  @media (prefers-color-scheme: dark) {
    body { color: #e8edf2; background: #11181f; }
    main { background: #1b252f; }
    .quiet { color: #a3b1bf; }
    button { background: #1b252f; }
    button[value=no] { background: #4a9be8; border-color: #4a9be8; color: #11181f; }
    button:focus-visible, input:focus-visible { outline-color: #e8edf2; }
  }`;

type Content = ReturnType<typeof html>;

export async function page(
  context: Context,
  language: string,
  content: Content,
  status: 200 | 400 = 200,
): Promise<Response> {
  // The address may contain the service's state, which no other site may learn. No site may show the question in a frame.
  context.header('Referrer-Policy', 'no-referrer');
  context.header('Cache-Control', 'no-store');
  context.header('X-Frame-Options', 'DENY');
  context.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  const { title } = wordsIn(language).page;
  return context.html(
    await html`<!doctype html>
      <html lang="${language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>${title}</title>
          <style>
            ${STYLE}
          </style>
        </head>
        <body>
          <main>${content}</main>
        </body>
      </html>`,
    status,
  );
}

export const wordsIn = (language: string): typeof en => WORDS.get(language) ?? en;

export function endPage(context: Context, language: string, ending: Ending): Promise<Response> {
  const { page: words } = wordsIn(language);
  const content = html`<h1>${words.title}</h1>
    <p role="status">${words[ending]}</p>`;
  return page(context, language, content, GOOD.has(ending) ? 200 : 400);
}
